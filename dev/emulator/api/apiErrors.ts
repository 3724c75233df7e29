/**
 * Partner Center's errors in their two documented shapes, with the texts of Microsoft's error page
 * (learn.microsoft.com, partner-center/developer/error-codes) where it has one.
 */
import type { Switches } from '../switches';

export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly body: Record<string, unknown>,
		readonly headers: Readonly<Record<string, string>> = {},
	) {
		super(JSON.stringify(body));
		this.name = 'ApiError';
	}
}

/** The older shape: `code` is a string. */
function older(
	status: number,
	code: string,
	description: string,
	data: readonly string[] = [],
	headers: Readonly<Record<string, string>> = {},
): ApiError {
	return new ApiError(status, { code, description, data, source: 'PartnerApiService' }, headers);
}

/** The newer shape of the 600xxx business errors. */
function newer(
	status: number,
	code: number,
	errorName: string,
	message: string,
	codeType: Switches['errorCodeType'],
): ApiError {
	return new ApiError(status, {
		code: codeType === 'number' ? code : String(code),
		message,
		description: message,
		errorName,
		isRetryable: false,
		parameters: {},
		errorMessageExtended: `InternalErrorCode=${code}`,
	});
}

const oauthChallenge = (correlationId: string) => ({
	'www-authenticate': `OAuth realm=urn:cpsvc:cpid:${correlationId}`,
});

export const apiErrors = {
	tokenMissing: (correlationId: string) =>
		older(
			401,
			'800001',
			'Partner Token missing in request context',
			[],
			oauthChallenge(correlationId),
		),
	wrongAudience: (correlationId: string) =>
		older(
			401,
			'900420',
			'The token audience is not supported. Tokens with the audience https://graph.windows.net are no longer accepted; use https://api.partnercenter.microsoft.com.',
			[],
			oauthChallenge(correlationId),
		),
	mfaRequired: () =>
		older(401, '900421', 'MFA required: the App+User token has no MFA claim.', [], {
			'www-authenticate': 'Bearer error="invalid_token"',
		}),
	appOnlyUnsupported: () =>
		older(403, '900329', 'The resource does not support app-only authentication.'),
	/** INVENTED: Microsoft documents that the enhanced attestation is App-only, not what it answers. */
	appOnlyRequired: () =>
		older(403, 'EmulatorInvented', 'Only app-only authentication is supported. Invented answer.'),
	rateLimited: (seconds: number) =>
		new ApiError(
			429,
			{ statusCode: 429, message: `Rate limit is exceeded. Try again in ${seconds} seconds.` },
			{ 'retry-after': String(seconds) },
		),
	notFound: () => older(404, '1000', 'Not found'),
	invalidCustomerId: () => older(400, '900118', 'Invalid customer id'),
	noRelationship: (partnerId: string, customerId: string) =>
		older(
			403,
			'20002',
			`The partner id ${partnerId} has no commerce relationship with the customer id ${customerId}.`,
		),
	invalidProperty: (properties: readonly string[]) =>
		older(400, '3000', `Invalid property: ${properties.join(', ')}`, properties),
	searchOperator: () =>
		older(400, '2000', 'Customer search only allows starts with and equals operation.'),
	invalidInput: () => older(400, '800002', 'Invalid request input'),
	/** An order that may not be placed, in the words of Microsoft's error page. */
	orderRefused: (code: string, description: string) => older(403, code, description),
	unknownMpnId: (mpnId: string) =>
		older(404, '3000', `Partner Organization with partner_id ${mpnId} could not be found`),
	/** Of a customer that is to be created. */
	registrationNumberMissing: () =>
		older(400, '600049', 'Organization registration number is required.'),
	unexpected: () => older(500, '800003', 'Unexpected service error'),
	agreementExists: ({ duplicateStatus, errorCodeType }: Switches) =>
		newer(
			duplicateStatus,
			600061,
			'PartnerConfirmedAgreementAlreadyExists',
			'A partner confirmed agreement already exists for the customer.',
			errorCodeType,
		),
	noAgreements: ({ errorCodeType }: Switches) =>
		newer(
			404,
			600009,
			'AgreementsNotFound',
			'No agreements found for the customer.',
			errorCodeType,
		),
};
