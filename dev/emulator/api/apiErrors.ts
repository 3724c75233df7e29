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

/**
 * The older shape. The error page writes `code` as text and shows another source; answers of the
 * service that people quote have a number and this one (Partner-Smart-Office#12 for 20002,
 * PartnerCenterPowerShellModule#83 for 1002).
 */
function older(
	status: number,
	code: number,
	description: string,
	data: readonly string[] = [],
	headers: Readonly<Record<string, string>> = {},
): ApiError {
	return new ApiError(status, { code, description, data, source: SOURCE }, headers);
}

const SOURCE = 'PartnerFD';

/** The newer shape of the 600xxx business errors. */
function newer(status: number, code: number, errorName: string, message: string): ApiError {
	return new ApiError(status, {
		code,
		message,
		description: message,
		errorName,
		isRetryable: false,
		parameters: {},
		errorMessageExtended: `InternalErrorCode=${code}`,
	});
}

/** The body as the switch has it: with the code as text, and then from the source of the error page. */
export function errorBody(
	{ body }: ApiError,
	{ errorCodeType }: Pick<Switches, 'errorCodeType'>,
): Record<string, unknown> {
	if (errorCodeType === 'number') return body;
	return {
		...body,
		...(typeof body.code === 'number' ? { code: String(body.code) } : {}),
		...(body.source === SOURCE ? { source: 'PartnerApiService' } : {}),
	};
}

const oauthChallenge = (correlationId: string) => ({
	'www-authenticate': `OAuth realm=urn:cpsvc:cpid:${correlationId}`,
});

export const apiErrors = {
	tokenMissing: (correlationId: string) =>
		older(
			401,
			800001,
			'Partner Token missing in request context',
			[],
			oauthChallenge(correlationId),
		),
	wrongAudience: (correlationId: string) =>
		older(
			401,
			900420,
			'The token audience is not supported. Tokens with the audience https://graph.windows.net are no longer accepted; use https://api.partnercenter.microsoft.com.',
			[],
			oauthChallenge(correlationId),
		),
	mfaRequired: () =>
		older(401, 900421, 'MFA required: the App+User token has no MFA claim.', [], {
			'www-authenticate': 'Bearer error="invalid_token"',
		}),
	appOnlyUnsupported: () =>
		older(403, 900329, 'The resource does not support app-only authentication.'),
	/** INVENTED: Microsoft documents that the enhanced attestation is App-only, not what it answers. */
	appOnlyRequired: () =>
		new ApiError(403, {
			code: 'EmulatorInvented',
			description: 'Only app-only authentication is supported. Invented answer.',
		}),
	rateLimited: (seconds: number) =>
		new ApiError(
			429,
			{ statusCode: 429, message: `Rate limit is exceeded. Try again in ${seconds} seconds.` },
			{ 'retry-after': String(seconds) },
		),
	notFound: () => older(404, 1000, 'Not found'),
	invalidCustomerId: () => older(400, 900118, 'Invalid customer id'),
	/** As quoted from the service; the error page has a longer sentence with both ids. */
	noRelationship: () => older(403, 20002, 'No relationship between caller and account.'),
	invalidProperty: (properties: readonly string[]) =>
		older(400, 3000, `Invalid property: ${properties.join(', ')}`, properties),
	searchOperator: () =>
		older(400, 2000, 'Customer search only allows starts with and equals operation.'),
	invalidInput: () => older(400, 800002, 'Invalid request input'),
	/** An order that may not be placed, in the words of Microsoft's error page. */
	orderRefused: (code: number, description: string) => older(403, code, description),
	unknownMpnId: (mpnId: string) =>
		older(404, 3000, `Partner Organization with partner_id ${mpnId} could not be found`),
	/** Of a customer that is to be created. */
	registrationNumberMissing: () =>
		older(400, 600049, 'Organization registration number is required.'),
	unexpected: () => older(500, 800003, 'Unexpected service error'),
	agreementExists: ({ duplicateStatus }: Switches) =>
		newer(
			duplicateStatus,
			600061,
			'PartnerConfirmedAgreementAlreadyExists',
			'A partner confirmed agreement already exists for the customer.',
		),
	noAgreements: () =>
		newer(404, 600009, 'AgreementsNotFound', 'No agreements found for the customer.'),
	/** Code and text: Partner-Center-PowerShell#26. Status, shape and name are not shown there. */
	dateInFuture: () =>
		newer(
			400,
			600002,
			'InvalidAgreementDate',
			'Date of agreement cannot be greater than the current date.',
		),
	/** The text: Partner-Center-PowerShell#292. Code and name are INVENTED, status and shape a switch. */
	cloudAgreementEnded: (
		templateId: string,
		{ cloudAgreement, cloudAgreementStatus: status }: Switches,
	) => {
		const text = `Microsoft Cloud Agreement Template ID '${templateId}' is no longer supported.`;
		return cloudAgreement === 'refuseNewerShape'
			? newer(status, 3000, 'TemplateNotSupported', text)
			: older(status, 3000, text);
	},
};
