/**
 * The words: a table from what Partner Center and Microsoft Entra answer to what a person reads,
 * and rules that hold for every row, also inside n8n's own error classes of both majors.
 */
import path from 'node:path';
import type { INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import {
	PartnerCenterError,
	type Problem,
} from '../../../nodes/MicrosoftPartnerCenter/client/errors';
import { inOneLine } from '../../../nodes/MicrosoftPartnerCenter/client/oneLine';
import { explain } from '../../../nodes/MicrosoftPartnerCenter/messages/explain';
import {
	CancelledError,
	NoAnswerError,
	NotSentError,
	SignInError,
	type HttpResponse,
} from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { PartnerCenterClient } from '../../../nodes/MicrosoftPartnerCenter/client/PartnerCenterClient';
import { explainSignIn } from '../../../nodes/MicrosoftPartnerCenter/messages/signIn';
import { Throttle } from '../../../nodes/MicrosoftPartnerCenter/client/throttle';
import { callContext } from '../../support/callContext';
import {
	alreadyExistsBody,
	CONFIRM_CUSTOMER_ID,
	confirmRequestBody,
	confirmResponseBody,
	CORRELATION_ID,
	REQUEST_ID,
} from '../../support/fixtures/documented';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';
import { clientOf } from '../../support/throttleClient';

type Call = 'confirm' | 'agreements' | 'metadata';

/** What came back; the last answer is given again for every retry. */
type Answer = Partial<HttpResponse> | Error;

interface Words {
	message: string;
	advice: string;
}

/** A client that gets these answers, asked for what `call` says. */
async function ask(
	call: Call,
	answer: Answer | Answer[],
	maxRetries = 0,
	limits: { maxRateLimitWait?: number } = {},
): Promise<{ outcome: unknown; sent: number; writes: number }> {
	const answers = [answer].flat();
	const clock = new SimulatedClock();
	let sent = 0;
	let writes = 0;
	const client = new PartnerCenterClient({
		clock,
		throttle: clientOf(new Throttle(clock), 10),
		newId: () => REQUEST_ID,
		send: ({ method }) => {
			const next = answers[Math.min(sent, answers.length - 1)];
			sent += 1;
			if (method === 'POST') writes += 1;
			if (next instanceof Error) return Promise.reject(next);
			return Promise.resolve({ status: 200, headers: {}, body: '', ...next });
		},
	});
	const options = { correlationId: CORRELATION_ID, timeout: 60_000, maxRetries, ...limits };
	const calls: Record<Call, () => Promise<unknown>> = {
		confirm: () =>
			client.agreements.confirm(
				{ customerId: CONFIRM_CUSTOMER_ID, agreement: confirmRequestBody },
				options,
			),
		agreements: () =>
			client.agreements.list(CONFIRM_CUSTOMER_ID, 'MicrosoftCustomerAgreement', options),
		metadata: () => client.agreements.listTemplates('MicrosoftCustomerAgreement', options),
	};
	const outcome = await clock.run(calls[call]().catch((error: unknown) => error));
	return { outcome, sent, writes };
}

async function wordsOf(
	row: Pick<Row, 'call' | 'answer' | 'maxRetries' | 'maxRateLimitWait'>,
): Promise<Words> {
	const { maxRateLimitWait } = row;
	const limits = maxRateLimitWait === undefined ? {} : { maxRateLimitWait };
	const { outcome } = await ask(row.call ?? 'confirm', row.answer, row.maxRetries, limits);
	if (outcome instanceof PartnerCenterError) return explain(outcome);
	throw new Error(`No PartnerCenterError, but ${JSON.stringify(outcome)}`);
}

interface Row {
	what: string;
	/** Which call is answered so; default: the confirmation. */
	call?: Call;
	answer: Answer | Answer[];
	maxRetries?: number;
	maxRateLimitWait?: number;
	message: string;
	/** The next step, in part. */
	step: string;
	/** What Microsoft said, as the advice quotes it; nothing where nothing was said. */
	quoted?: string;
}

/** Shape 1: the documented one. */
const older = (status: number, code: string, description: string, data: unknown[] = []) => ({
	status,
	headers: { 'www-authenticate': `OAuth realm=urn:cpsvc:cpid:${CORRELATION_ID}` },
	body: { code, description, data, source: 'PartnerApiService' },
});
/** Shape 2: the newer one. */
const newer = (status: number, code: number, errorName: string, more: object = {}) => ({
	status,
	body: {
		...{ code, message: 'A text', description: 'A text', errorName, isRetryable: false },
		...{ parameters: {}, errorMessageExtended: `InternalErrorCode=${code}`, ...more },
	},
});
/** Shape 3: the gateway's. */
const throttled = {
	status: 429,
	headers: { 'retry-after': '2' },
	body: { statusCode: 429, message: 'Rate limit is exceeded. Try again in 2 seconds.' },
};

const MFA = 'Partner Center requires a sign-in with multi-factor authentication';
const MFA_STEP = 'Open the credential and reconnect it, completing multi-factor authentication';
const UNKNOWN_CUSTOMER = 'Partner Center does not know this customer';
const NO_RELATIONSHIP = 'There is no reseller relationship with this customer';
const NOT_ALLOWED = 'Partner Center does not let this user do that';
const ROLE = 'Connect the credential as a user with the Admin agent or Sales agent role';
const NOT_ACCEPTED = 'Partner Center did not accept a value';
const TROUBLE = 'Partner Center could not process the request';
const NOT_KNOWN = "is not known. Look at the customer's agreements in Partner Center";
const TOKEN_REFUSED = 'Partner Center refused the token, also after it was renewed';

/** Envelopes that are not Partner Center's documented ones, as their sources give them. */
const envelopes: Array<[what: string, status: number, body: unknown, quoted: string]> = [
	[
		'OData 4 and Microsoft Graph',
		403,
		{
			error: {
				code: 'Authorization_RequestDenied',
				message: 'Insufficient privileges to complete the operation.',
				innerError: { date: '2023-05-02T12:42:23', 'request-id': REQUEST_ID },
			},
		},
		'code Authorization_RequestDenied, "Insufficient privileges to complete the operation."',
	],
	[
		'OData 4 with details',
		400,
		{
			error: {
				code: '501',
				message: 'Unsupported functionality',
				target: 'query',
				details: [
					{ code: '301', target: '$search', message: '$search query option not supported' },
				],
			},
		},
		'code 501, "Unsupported functionality", $search: $search query option not supported',
	],
	[
		'OData 3',
		404,
		{
			'odata.error': {
				code: 'Request_ResourceNotFound',
				message: { lang: 'en', value: "Resource '1' does not exist." },
			},
		},
		'code Request_ResourceNotFound, "Resource \'1\' does not exist."',
	],
	[
		'OAuth 2',
		400,
		{ error: 'invalid_request', error_description: 'Unsupported response_type value' },
		'code invalid_request, "Unsupported response_type value"',
	],
	[
		'RFC 7807',
		403,
		{
			type: 'https://example.com/probs/out-of-credit',
			title: 'You do not have enough credit.',
			detail: 'Your current balance is 30, but that costs 50.',
			instance: '/account/12345/msgs/abc',
		},
		'"You do not have enough credit. Your current balance is 30, but that costs 50."',
	],
	[
		'RFC 7807 of ASP.NET Core',
		400,
		{
			type: 'https://tools.ietf.org/html/rfc7231#section-6.5.1',
			title: 'One or more validation errors occurred.',
			status: 400,
			traceId: '00-0HLHLV31KRN83-01',
			errors: { Email: ['The Email field is not a valid e-mail address.'], Date: ['Required.'] },
		},
		'"One or more validation errors occurred.", Email: The Email field is not a valid e-mail address., Date: Required.',
	],
	[
		'RFC 9457 with a list of errors',
		422,
		{
			type: 'https://example.net/validation-error',
			title: 'Your request is not valid',
			errors: [
				{ detail: 'must be a positive integer', pointer: '#/age' },
				{ detail: "must be 'green', 'red' or 'blue'", pointer: '#/profile/color' },
			],
		},
		"\"Your request is not valid\", #/age: must be a positive integer, #/profile/color: must be 'green', 'red' or 'blue'",
	],
	[
		'ASP.NET Web API',
		400,
		{
			Message: 'The request is invalid.',
			ModelState: { 'agreement.dateAgreed': ['The DateAgreed field is required.'] },
		},
		'"The request is invalid.", agreement.dateAgreed: The DateAgreed field is required.',
	],
	[
		'ASP.NET Web API, written small',
		400,
		{ message: 'The request is invalid.', modelState: { email: ['Is not one.'] } },
		'"The request is invalid.", email: Is not one.',
	],
	[
		'ASP.NET Web API without a route',
		404,
		{
			Message: 'No HTTP resource was found that matches the request URI.',
			MessageDetail: 'No type was found that matches the controller named "agreements".',
		},
		'"No HTTP resource was found that matches the request URI. No type was found that matches the controller named "agreements"."',
	],
	[
		'Spring',
		405,
		{ timestamp: 1700000000000, status: 405, error: 'Method Not Allowed', path: '/v1/customers' },
		'code Method Not Allowed',
	],
	['nothing that is known', 410, { info: { reason: 'Gone' } }, '"{"info":{"reason":"Gone"}}"'],
	['an empty object', 403, {}, ''],
	[
		'a gateway’s page, without its scripts and styles',
		403,
		'<!DOCTYPE html><html><head><title>Access  denied</title><style>p { color: red }</style>' +
			'<script>alert("<b>1</b>")</script></head><body><!-- node 7 --><p>Reference 1.2</p></body></html>',
		'"Access denied Reference 1.2"',
	],
	[
		'a link with what is secret in it',
		403,
		{ see: 'https://example.com/accept?id=s3cret&sig=abc', at: 'x' },
		'"{"see":"https://example.com/accept?…","at":"x"}"',
	],
];

const rows: Row[] = [
	...envelopes.map(([what, status, body, quoted]): Row => ({
		what: `an answer as of ${what}`,
		call: 'metadata',
		answer: { status, body },
		message: expect.any(String) as unknown as string,
		step: "Microsoft's answer: ",
		quoted: `HTTP ${status}${quoted === '' ? '' : `, ${quoted}`}.`,
	})),
	{
		what: '900421: no MFA claim',
		answer: older(401, '900421', 'MFA required.'),
		message: MFA,
		step: MFA_STEP,
		quoted: 'HTTP 401, code 900421, "MFA required."',
	},
	{
		what: '900421 as a number',
		answer: { status: 401, body: { code: 900421, message: 'MFA required.' } },
		message: MFA,
		step: MFA_STEP,
		quoted: 'HTTP 401, code 900421, "MFA required."',
	},
	{
		what: '10001: no MFA claim, older',
		answer: older(401, '10001', 'Authentication failed. MFA required.'),
		message: MFA,
		step: MFA_STEP,
		quoted: 'HTTP 401, code 10001, "Authentication failed. MFA required."',
	},
	{
		what: 'the old form of "MFA required": a reason phrase without JSON',
		answer: { status: 401, body: 'Unauthorized - MFA required' },
		message: MFA,
		step: MFA_STEP,
		quoted: 'HTTP 401, "Unauthorized - MFA required"',
	},
	{
		what: 'the old form of "MFA required": a bare challenge',
		answer: { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } },
		message: MFA,
		step: MFA_STEP,
		quoted: 'HTTP 401, WWW-Authenticate: Bearer error="invalid_token"',
	},
	{
		what: '900420: the retired audience',
		answer: older(401, '900420', 'The token audience is not supported.'),
		message: "The token was made for Microsoft's retired directory API, not for Partner Center",
		step: 'Open the credential and reconnect it.',
		quoted: 'HTTP 401, code 900420, "The token audience is not supported."',
	},
	{
		what: 'a bare 401 with another challenge',
		answer: { status: 401, headers: { 'www-authenticate': 'OAuth realm=urn:cpsvc:cpid:x' } },
		message: TOKEN_REFUSED,
		step: 'Open the credential and reconnect it: as a user of the partner tenant',
		quoted: 'HTTP 401, WWW-Authenticate: OAuth realm=urn:cpsvc:cpid:x.',
	},
	{
		what: '800001: no token',
		answer: older(401, '800001', 'Partner Token missing in request context'),
		message: TOKEN_REFUSED,
		step: 'Open the credential and reconnect it',
		quoted: 'HTTP 401, code 800001, "Partner Token missing in request context"',
	},
	{
		what: '900329: an App-only token',
		answer: older(403, '900329', 'The resource does not support app-only authentication.'),
		message: 'Partner Center takes no App-only token for this call',
		step: 'Use a credential that a user has connected',
		quoted: 'HTTP 403, code 900329, "The resource does not support app-only authentication."',
	},
	{
		what: '20002: no commerce relationship',
		answer: older(403, '20002', 'The partner has no commerce relationship.'),
		message: NO_RELATIONSHIP,
		step: "Send the customer the link of 'Relationship → Get Link'",
		quoted: 'HTTP 403, code 20002, "The partner has no commerce relationship."',
	},
	{
		what: '2032: access denied',
		answer: older(403, '2032', 'Access denied.'),
		message: NO_RELATIONSHIP,
		step: "Send the customer the link of 'Relationship → Get Link'",
		quoted: 'HTTP 403, code 2032, "Access denied."',
	},
	{
		what: 'a bare 403',
		answer: { status: 403 },
		message: NOT_ALLOWED,
		step: ROLE,
		quoted: 'HTTP 403.',
	},
	{
		what: '900150: the role lacks the right',
		answer: older(403, '900150', 'The role lacks the right.'),
		message: NOT_ALLOWED,
		step: ROLE,
		quoted: 'HTTP 403, code 900150, "The role lacks the right."',
	},
	{
		what: '900308: insufficient privileges, with a name that holds letters n8n reacts to',
		answer: newer(403, 900308, 'ResourceAccessDenied', {
			description: 'approvePermission missing',
		}),
		message: NOT_ALLOWED,
		step: ROLE,
		quoted: 'HTTP 403, code 900308, ResourceAccessDenied, "approvePermission missing"',
	},
	{
		what: '900309: Conditional Access',
		answer: older(403, '900309', 'Blocked by Conditional Access.'),
		message: 'A Conditional Access policy of the partner tenant stopped the request',
		step: 'Ask the tenant administrator to let this app and user pass the policy',
		quoted: 'HTTP 403, code 900309, "Blocked by Conditional Access."',
	},
	{
		what: '60003: tenant not found',
		answer: older(404, '60003', 'Tenant not found.'),
		message: UNKNOWN_CUSTOMER,
		step: "Check 'Customer'",
		quoted: 'HTTP 404, code 60003, "Tenant not found."',
	},
	{
		what: '1000: not found',
		answer: older(404, '1000', 'Not found'),
		message: UNKNOWN_CUSTOMER,
		step: "Check 'Customer'",
		quoted: 'HTTP 404, code 1000, "Not found"',
	},
	{
		what: '900118: invalid customer id',
		answer: older(400, '900118', 'Invalid customer id'),
		message: UNKNOWN_CUSTOMER,
		step: "Check 'Customer'",
		quoted: 'HTTP 400, code 900118, "Invalid customer id"',
	},
	{
		what: 'a bare 404',
		call: 'agreements',
		answer: { status: 404 },
		message: UNKNOWN_CUSTOMER,
		step: "Check 'Customer'",
		quoted: 'HTTP 404.',
	},
	{
		what: '3000: names the property',
		answer: older(400, '3000', 'Invalid property.', ['primaryContact.email', { not: 'text' }]),
		message: NOT_ACCEPTED,
		step: "Compare the item's fields with Microsoft's answer below",
		quoted: 'HTTP 400, code 3000, "Invalid property.", primaryContact.email.',
	},
	{
		what: '800002: names the property among its parameters',
		answer: newer(400, 800002, 'InvalidInput', { parameters: { property: 'dateAgreed', n: 1 } }),
		message: NOT_ACCEPTED,
		step: "Compare the item's fields with Microsoft's answer below",
		quoted: 'HTTP 400, code 800002, InvalidInput, "A text", dateAgreed.',
	},
	{
		what: 'a bare 400',
		call: 'metadata',
		answer: { status: 400 },
		message: NOT_ACCEPTED,
		step: "Compare the item's fields with Microsoft's answer below",
		quoted: 'HTTP 400.',
	},
	{
		what: '600061 where it is no outcome',
		call: 'metadata',
		answer: { status: 409, body: alreadyExistsBody },
		message: 'Partner Center answered that the agreement was confirmed already',
		step: 'Quote the IDs below to Microsoft support',
		quoted: `HTTP 409, code 600061, PartnerConfirmedAgreementAlreadyExists, "${alreadyExistsBody.description}"`,
	},
	{
		what: 'a code that is not in the table: the status decides',
		answer: older(403, '90000', 'Token issuance was refused.'),
		message: NOT_ALLOWED,
		step: ROLE,
		quoted: 'HTTP 403, code 90000, "Token issuance was refused."',
	},
	{
		what: 'a code that is the name of an object’s own method',
		answer: older(400, 'constructor', 'x'),
		message: NOT_ACCEPTED,
		step: "Compare the item's fields",
		quoted: 'HTTP 400, code constructor, "x"',
	},
	{
		what: 'a status that means nothing special',
		answer: { status: 412, body: { code: '2055', description: 'ETag no longer valid' } },
		message: 'Partner Center refused the request with HTTP status 412',
		step: 'Run this item again. If it stays so, quote the answer below to Microsoft support',
		quoted: 'HTTP 412, code 2055, "ETag no longer valid"',
	},
	{
		what: 'a redirect',
		answer: { status: 302, headers: { location: 'https://elsewhere.example' } },
		message: 'Partner Center refused the request with HTTP status 302',
		step: NOT_KNOWN,
		quoted: 'HTTP 302.',
	},
	{
		what: '429 that stays',
		answer: throttled,
		maxRetries: 3,
		message: expect.stringMatching(
			/^Partner Center's rate limit is exceeded, also after \d+ retries$/,
		) as unknown as string,
		step: "Run this item again after a minute, or lower 'Max Concurrency'",
		quoted: 'HTTP 429, "Rate limit is exceeded. Try again in 2 seconds."',
	},
	{
		what: '429 that stays, for somebody who has no time',
		answer: throttled,
		maxRateLimitWait: 0,
		message: "Partner Center's rate limit is exceeded",
		step: 'Run this item again after a minute',
		quoted: 'HTTP 429, "Rate limit is exceeded. Try again in 2 seconds."',
	},
	{
		what: '429 that asks for too long a pause',
		answer: { ...throttled, headers: { 'retry-after': '3600' } },
		maxRetries: 3,
		message: 'Partner Center asks to wait 60 minutes; a run waits 5 minutes at most',
		step: 'Nothing was changed for this item. Run it again after that time',
	},
	{
		what: '503 that stays, on a write',
		answer: { status: 503 },
		maxRetries: 1,
		message: `${TROUBLE}, also after 1 retry`,
		step: NOT_KNOWN,
		quoted: 'HTTP 503.',
	},
	{
		what: '900192 that stays, on a read',
		call: 'agreements',
		answer: older(500, '900192', 'Something went wrong, retry later.'),
		maxRetries: 5,
		message: `${TROUBLE}, also after 5 retries`,
		step: 'Run this item again in a few minutes',
		quoted: 'HTTP 500, code 900192, "Something went wrong, retry later."',
	},
	{
		what: '501 with code 0',
		call: 'metadata',
		answer: { status: 501, body: { code: 0, message: 'Exception not defined' } },
		message: TROUBLE,
		step: 'Run this item again in a few minutes',
		quoted: 'HTTP 501, code 0, "Exception not defined"',
	},
	{
		what: '408',
		call: 'agreements',
		answer: { status: 408 },
		message: TROUBLE,
		step: 'Run this item again in a few minutes',
		quoted: 'HTTP 408.',
	},
	{
		what: 'a gateway’s page in place of a refusal',
		call: 'metadata',
		answer: { status: 502, body: '\uFEFF\n<html><h1>502 Bad Gateway</h1></html>' },
		message: TROUBLE,
		step: 'Run this item again in a few minutes',
		quoted: 'HTTP 502, "502 Bad Gateway"',
	},
	{
		what: 'plain text in place of a refusal',
		answer: { status: 403, body: 'Forbidden\r\nby the proxy' },
		message: NOT_ALLOWED,
		step: ROLE,
		quoted: 'HTTP 403, "Forbidden by the proxy"',
	},
	{
		what: 'JSON text in place of a refusal',
		answer: { status: 403, body: '"Forbidden"' },
		message: NOT_ALLOWED,
		step: ROLE,
		quoted: 'HTTP 403, "Forbidden"',
	},
	{
		what: 'a list in place of a refusal',
		answer: { status: 403, body: [{ code: '1' }] },
		message: NOT_ALLOWED,
		step: ROLE,
		quoted: 'HTTP 403, "[{"code":"1"}]"',
	},
	{
		what: 'a cut-off refusal',
		call: 'agreements',
		answer: { status: 409, body: '{"code":"20002","descr' },
		message: "Partner Center's answer can't be read: it is cut off or not valid JSON",
		step: 'Run this item again',
		quoted: 'HTTP 409.',
	},
	{
		what: 'a refusal as text with a byte order mark',
		answer: { status: 404, body: `\uFEFF${JSON.stringify({ code: '1000', description: 'No' })}` },
		message: UNKNOWN_CUSTOMER,
		step: "Check 'Customer'",
		quoted: 'HTTP 404, code 1000, "No"',
	},
	{
		what: 'a refusal with properties of unexpected kinds: the code still counts',
		answer: {
			status: 403,
			body: { code: '20002', description: { text: 1 }, message: 'No', data: 'x', parameters: 'y' },
		},
		message: NO_RELATIONSHIP,
		step: 'Send the customer the link',
		quoted: 'HTTP 403, code 20002, "No".',
	},
	{
		what: 'a refusal without end, with line breaks and a broken character',
		answer: older(400, '3000', `Invalid\r\n\u0000 \ud800 ${'x'.repeat(5000)}`),
		message: NOT_ACCEPTED,
		step: 'Compare',
		quoted: `HTTP 400, code 3000, "Invalid \uFFFD ${'x'.repeat(290)}…"`,
	},
	{
		what: 'a refusal that echoes the token',
		answer: older(
			400,
			'3000',
			'Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2VjcmV0 and Bearer 0.AXoAsecretsecretsecret123',
			['eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'],
		),
		message: NOT_ACCEPTED,
		step: 'Compare',
		quoted: 'HTTP 400, code 3000, "Authorization: Bearer … and Bearer …", …',
	},
	...(
		[
			['an empty body', '', 'it is empty'],
			['no body', null, 'it is empty'],
			[
				'a web page',
				'<!DOCTYPE html><title>Sign in to the Wi-Fi</title>',
				'it is a web page, not JSON',
			],
			['a cut-off body', '{"templateId": "117a', 'it is cut off or not valid JSON'],
			['plain text', 'OK', 'it is not JSON'],
			['another thing', { totalCount: 1 }, 'it is not an agreement ("templateId")'],
		] as const
	).flatMap(([what, body, reason]): Row[] => [
		{
			what: `a success with ${what}, on a write`,
			answer: { status: 201, body },
			message:
				what === 'another thing'
					? `Partner Center's answer is not the agreement that was sent: ${reason}`
					: `Partner Center's answer can't be read: ${reason}`,
			step: NOT_KNOWN,
			quoted: 'HTTP 201.',
		},
		{
			what: `a success with ${what}, on a read`,
			call: 'agreements',
			answer: { status: 200, body },
			maxRetries: 2,
			message: `Partner Center's answer can't be read: ${reason.replace('an agreement ("templateId")', 'a list of agreements')}, also after 2 retries`,
			step: 'Run this item again. If it stays so, check whether a proxy answers',
			quoted: 'HTTP 200.',
		},
	]),
	{
		what: 'a refused connection',
		answer: new NoAnswerError('ECONNREFUSED'),
		message: 'Partner Center could not be reached',
		step: 'Nothing was changed. Check that n8n can reach Partner Center',
	},
	{
		what: 'a cut connection, on a write',
		answer: new NoAnswerError('ECONNRESET'),
		maxRetries: 2,
		message: 'The connection to Partner Center was cut before an answer came, also after 2 retries',
		step: NOT_KNOWN,
	},
	{
		what: 'silence, on a read',
		call: 'agreements',
		answer: new NoAnswerError('ETIMEDOUT'),
		message: 'Partner Center did not answer within 60 seconds',
		step: 'Check that n8n can reach Partner Center',
	},
	{
		what: 'no way to Microsoft Entra',
		answer: new NoAnswerError('EAI_AGAIN', 'Microsoft Entra'),
		message: 'Microsoft Entra could not be reached',
		step: 'Nothing was changed. Check that n8n can reach Microsoft Entra',
	},
	{
		what: 'a request that n8n does not send',
		answer: new NotSentError('The address is blocked by a rule'),
		message: 'n8n did not send the request',
		step: "Change what n8n's reason names, in the credential or in n8n's own network rules, then run this item again. n8n's reason: \"The address",
	},
	{
		what: 'an agreement that may be this item’s own, with no way to tell',
		answer: [
			new NoAnswerError('ECONNRESET'),
			{ status: 409, body: alreadyExistsBody },
			{ status: 403 },
		],
		maxRetries: 1,
		message:
			'An agreement with this contact exists, but whether this item recorded it is not known',
		step: 'Compare contact, template and date of the newest agreement',
	},
];

/** What Microsoft Entra or n8n said instead of handing a token over. */
const signInRows: Array<[reason: string, message: string, step: string]> = [
	[
		'AADSTS50076: Due to a configuration change …',
		'Microsoft Entra requires multi-factor authentication for this sign-in',
		MFA_STEP,
	],
	[
		'AADSTS50079: The user must enroll …',
		'Microsoft Entra requires multi-factor authentication for this sign-in',
		MFA_STEP,
	],
	[
		'AADSTS50173: The provided grant has expired …',
		'The sign-in was revoked, e.g. because the password was reset',
		MFA_STEP,
	],
	[
		'AADSTS65001: The user or administrator has not consented …',
		'The app has no consent for Partner Center',
		'Have an administrator grant the app',
	],
	['AADSTS70008: The refresh token has expired …', 'The sign-in has expired', MFA_STEP],
	['AADSTS700082: … due to inactivity.', 'The sign-in has expired', 'after 90 days without use'],
	['AADSTS700007: …', 'The sign-in belongs to another app', 'Open the credential and reconnect it'],
	[
		'AADSTS7000215: Invalid client secret provided.',
		'Microsoft Entra refused the client secret',
		"the secret's value, not its ID",
	],
	[
		'AADSTS7000222: The provided client secret keys are expired.',
		'The client secret has expired',
		'Create a new client secret',
	],
	[
		'AADSTS700025: Client is public …',
		'The app is registered as a public client, which takes no client secret',
		"platform 'Web'",
	],
	['AADSTS50057: …', 'The user who connected the credential is disabled', 'enable the user'],
	[
		'AADSTS50105: …',
		'The user who connected the credential is not assigned to the app',
		'assign the user',
	],
	[
		'AADSTS530003: Your device is required to be managed …',
		'A Conditional Access policy stopped the sign-in',
		'Ask the tenant administrator',
	],
	[
		'AADSTS500011: The resource principal named … was not found',
		'The tenant has no service principal of Microsoft Partner Center',
		'Reconnecting does not help',
	],
	['AADSTS7000112: …', 'The app is disabled in Microsoft Entra', 'Reconnecting does not help'],
	['AADSTS7000218: …', 'Microsoft Entra got no client secret', "Enter 'Client Secret'"],
	[
		'The credential "Not connected" needs to be reconnected. Access could not be refreshed …',
		'The sign-in to Microsoft could not be renewed',
		'sign-in logs, which name the reason',
	],
	[
		'AADSTS50020: User account does not exist in tenant …',
		"The user who connected the credential does not belong to the partner's tenant",
		'not as a guest',
	],
	[
		'AADSTS53003: Access has been blocked by Conditional Access policies.',
		'A Conditional Access policy stopped the sign-in',
		'Ask the tenant administrator',
	],
	[
		'AADSTS90002: Tenant not found …',
		'Microsoft Entra does not know this tenant or app',
		"Check 'Tenant' and 'Client ID'",
	],
	['AADSTS99999999: new', 'The sign-in to Microsoft could not be renewed', MFA_STEP],
	['invalid_grant', 'The sign-in to Microsoft could not be renewed', MFA_STEP],
	[
		'OAuth credentials not connected',
		'The credential is not connected',
		"Open the credential, select 'Connect my account'",
	],
];

describe('what Partner Center answers', () => {
	it.each(rows.map((row) => [row.what, row] as const))('%s', async (_what, row) => {
		const { message, advice } = await wordsOf(row);
		expect(message).toEqual(row.message);
		expect(advice).toContain(row.step);
		if (row.quoted !== undefined) expect(advice).toContain(`Microsoft's answer: ${row.quoted}`);
	});

	it.each(rows.map((row) => [row.what, row] as const))(
		'quotes both ids: %s',
		async (_what, row) => {
			const { advice } = await wordsOf(row);
			expect(advice).toContain(`MS-RequestId ${REQUEST_ID}, MS-CorrelationId ${CORRELATION_ID}.`);
		},
	);

	it.each([
		['401', older(401, '900421', 'x'), 1],
		['503', { status: 503 }, 4],
		['a success that is a web page', { status: 201, body: '<html>' }, 4],
	])('%s is sent as often as its words say', async (_what, answer, times) => {
		expect((await ask('confirm', answer, 3)).writes).toBe(times);
	});

	it.each([
		['as documented', alreadyExistsBody],
		['with properties of unexpected kinds', { ...alreadyExistsBody, data: 'x', message: 7 }],
		['by its name alone', { errorName: alreadyExistsBody.errorName, description: {} }],
		['with nothing but the code', { code: '600061' }],
	])('600061 is an outcome of a confirmation, %s', async (_what, body) => {
		const { outcome } = await ask('confirm', { status: 409, body });
		expect(outcome).toMatchObject({ outcome: 'alreadyExists' });
	});

	it('a confirmation is the documented answer, not words', async () => {
		const { outcome } = await ask('confirm', { status: 201, body: confirmResponseBody });
		expect(outcome).toMatchObject({ outcome: 'confirmed' });
	});
});

describe('what Microsoft Entra answers', () => {
	it.each(signInRows)('%s', async (reason, message, step) => {
		const explained = explainSignIn(reason);
		expect(explained.message).toBe(message);
		expect(explained.advice).toContain(step);
		const code = /AADSTS\d+/.exec(reason)?.[0];
		expect(explained.advice.includes('AADSTS')).toBe(code !== undefined);
		if (code !== undefined) expect(explained.advice).toContain(`Microsoft's code: ${code}.`);
		await expect(wordsOf({ answer: new SignInError(reason) })).resolves.toMatchObject(explained);
	});

	it('never repeats what it said: a refresh token may be among it', () => {
		const { message, advice } = explainSignIn('invalid_grant 0.AXoAsecret eyJhbGciOiJub25lIn0');
		expect(`${message} ${advice}`).not.toMatch(/secret|eyJ/);
	});
});

/* eslint-disable @typescript-eslint/no-require-imports -- n8n's own classes, of each major */
interface ErrorClasses {
	NodeApiError: typeof NodeApiError;
	NodeOperationError: typeof NodeOperationError;
}
const root = path.join(__dirname, '../../..');
const majors: Array<[string, ErrorClasses]> = [
	['n8n 2', require(`${root}/node_modules/n8n-workflow`) as ErrorClasses],
	['n8n 1', require(`${root}/node_modules/n8n-workflow-1`) as ErrorClasses],
];
/* eslint-enable */

const node: INode = {
	...{
		id: '1',
		name: 'Confirm',
		type: 'n8n-nodes-microsoft-partner-center.microsoftPartnerCenter',
	},
	...{ typeVersion: 1, position: [0, 0], parameters: {} },
};

/** n8n replaces a message that holds one of these, wherever and in whichever case. */
const REPLACED =
	/ECONN(REFUSED|RESET|ABORTED)|ENOTFOUND|ETIMEDOUT|ERRADDRINUSE|EADDRNOTAVAIL|EHOSTUNREACH|EAI_AGAIN|ENOENT|EISDIR|ENOTDIR|EACCES|EEXIST|EPERM|GETADDRINFO/i;

/** Without what is Microsoft's: what is quoted, and the name of its answer. */
const ourOwn = (text: string) =>
	text.replace(/"[^"]*"/g, '""').replace(/Microsoft's answer: .*?(?= MS-RequestId)/s, '');

describe('the words of every row', () => {
	let all: Array<Words & { what: string }>;
	beforeAll(async () => {
		all = await Promise.all(
			rows.map(async (row) => {
				const { message, advice } = await wordsOf(row);
				return { what: row.what, message, advice };
			}),
		);
		all.push(...signInRows.map(([what]) => ({ what, ...explainSignIn(what) })));
		const { message, advice } = await wordsOf({ answer: new CancelledError() });
		all.push({ what: 'cancelled', message, advice });
		expect(all.length).toBeGreaterThan(70);
	});

	/** The rows for which this does not hold; a test reads better with them than with the first. */
	const except = (holds: (words: Words) => boolean) =>
		all
			.filter((words) => !holds(words))
			.map(({ what, message, advice }) => ({ what, message, advice }));

	it('hold no letters that n8n takes for a code', () => {
		expect(
			except(({ message, advice }) => !REPLACED.test(message) && !REPLACED.test(ourOwn(advice))),
		).toEqual([]);
	});

	it.each(majors)('stay as they are in the errors of %s', (_major, classes) => {
		const passes = (message: string, description: string) => {
			const options = { itemIndex: 0, message, description, httpCode: '403' };
			const wrapped = [
				new classes.NodeApiError(node, { message }, options),
				new classes.NodeApiError(node, { message }, { itemIndex: 0, message, description }),
				new classes.NodeOperationError(node, message, { itemIndex: 0, description }),
				new classes.NodeOperationError(node, Object.assign(new Error(message), { description }), {
					description,
				}),
			];
			return wrapped.every(
				(error) => error.message === message && error.description === description,
			);
		};
		expect(
			except(
				({ message, advice }) => passes(message, advice) && passes(ourOwn(advice), `${message}.`),
			),
		).toEqual([]);
	});

	it.each(majors)('would not in the errors of %s, were these letters among them', (_, classes) => {
		const error = new classes.NodeOperationError(node, 'No approvePermission');
		expect(error.message).not.toContain('approvePermission');
	});

	it('blame nobody', () => {
		const blame = /\b(error|fail|failed|failure|problem|mistake|fault|invalid|sorry|oops)s?\b/i;
		expect(
			except(({ message, advice }) => !blame.test(ourOwn(message)) && !blame.test(ourOwn(advice))),
		).toEqual([]);
	});

	it('begin like a sentence; the message has no period, the advice has', () => {
		expect(
			except(
				({ message, advice }) =>
					/^(\p{Lu}|n8n )/u.test(message) &&
					/[^.…\s]$/.test(message) &&
					/^(\p{Lu}|n8n )/u.test(advice) &&
					/[^.\s]\.$/.test(advice),
			),
		).toEqual([]);
	});

	it('say a next step', () => {
		const step =
			/\b(Open|Check|Ask|Send|Connect|Use|Compare|Quote|Run|Look|Enter|Create|Copy|Register|Have|Change)\b/;
		expect(except(({ advice }) => step.test(ourOwn(advice)))).toEqual([]);
	});

	it('are one line of a length that can be read', () => {
		expect(
			except(
				({ message, advice }) =>
					!/[\p{Cc}\p{Cf}\p{Cs}]|undefined|null|\[object|NaN/u.test(message + advice) &&
					message.length <= 100 &&
					advice.length <= 900,
			),
		).toEqual([]);
	});

	it('hold nothing that looks like a secret', () => {
		const secret =
			/eyJ[\w-]+|Bearer [\w.]{8,}|[\w.~+/-]{60,}|secretsecret|client_secret|refresh_token/;
		const withoutFiller = (text: string) => text.replace(/x{200,}/g, '');
		expect(except(({ message, advice }) => !secret.test(withoutFiller(message + advice)))).toEqual(
			[],
		);
	});
});

describe('a body of 50 MB in a message', () => {
	/** How many characters the longest text had that was searched. */
	async function longestSearched(body: unknown): Promise<number> {
		let longest = 0;
		const { replace } = String.prototype;
		jest.spyOn(String.prototype, 'replace').mockImplementation(function (
			this: string,
			...given: unknown[]
		) {
			longest = Math.max(longest, this.length);
			return Reflect.apply(replace, this, given) as string;
		});
		try {
			const { advice } = await wordsOf({ call: 'metadata', answer: { status: 403, body } });
			expect(advice.length).toBeLessThan(1_000);
		} finally {
			jest.restoreAllMocks();
		}
		return longest;
	}
	const large = 'a b '.repeat(12_500_000);

	it.each([
		['a description', { description: large }],
		['properties', { data: [large] }],
		['a nested message', { error: { code: 'x', message: large } }],
		['fields', { errors: { [large]: [large] } }],
		['something unknown', { something: large }],
	])('is cut before it is cleaned: %s', async (_what, body) => {
		expect(await longestSearched(body)).toBeLessThan(50_000);
	});

	it('keeps whole characters where it is cut, and no piece of a token', () => {
		for (let before = 9_980; before < 10_010; before += 1) {
			const emoji = inOneLine(`${' '.repeat(before)}${'😀'.repeat(40)}`);
			expect(emoji).toMatch(/^(😀)*…?$/u);
			expect(inOneLine(`${' '.repeat(before)}Bearer eyJhbGciOi.eyJzdWIi`)).not.toMatch(/eyJ/);
		}
	});
});

describe('a list in the form', () => {
	const call = callContext({ ids: { requestId: REQUEST_ID, correlationId: REQUEST_ID } });
	const inList = (problem: Problem) => explain(new PartnerCenterError(problem), 'list').advice;

	it.each<[string, Problem]>([
		['refused', { kind: 'refused', facts: { status: 429 }, call }],
		['a wrong value', { kind: 'refused', facts: { status: 400 }, call }],
		['out of order', { kind: 'refused', facts: { status: 500 }, call }],
		['unreadable', { kind: 'unreadable', status: 200, fault: { is: 'empty' }, call }],
		['not sent', { kind: 'notSent', reason: 'blocked', call }],
		['rate limited', { kind: 'rateLimited', call }],
		['a pause', { kind: 'pauseTooLong', requested: 600_000, max: 300_000, status: 503, call }],
	])('has no item to run again, and no poll: %s', (_what, problem) => {
		expect(inList(problem)).toMatch(/\w/);
		expect(inList(problem)).not.toMatch(/\bitem|\bpoll|Nothing was changed/i);
	});
});
