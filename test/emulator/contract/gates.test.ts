/** Who may call, and in which order a call that is wrong in several ways is refused. */
import type { IssueTokensOptions } from '../../../dev/emulator/identity/Identity';
import { MCA_TEMPLATE_ID } from '../../../dev/emulator/templates';
import {
	ALPINE_WITHOUT_RELATIONSHIP,
	CONTOSO,
	UNKNOWN_CUSTOMER,
	emulatorForThisFile,
	json,
	type Answer,
} from './support/emulator';
import { documented } from './support/fixtures';

const harness = emulatorForThisFile();
const GRAPH = 'https://graph.windows.net';

async function confirmAs(
	token: IssueTokensOptions | string | undefined,
	customerId: string,
	body: unknown,
): Promise<Answer> {
	const authorization =
		typeof token === 'object'
			? `Bearer ${(await harness.emulator.issueTokens(token)).access_token}`
			: token;
	return await harness.http.post<string>(
		`/v1/customers/${customerId}/agreements`,
		JSON.stringify(body),
		{
			headers: {
				'Content-Type': 'application/json',
				...(authorization === undefined ? {} : { Authorization: authorization }),
			},
		},
	);
}

/** From the first gate to the last; each row has everything wrong that the rows below it have. */
const user = { kind: 'user' } as const;
test.each([
	['no token', undefined, 'no-guid', {}, 401, 800001],
	['another scheme', 'Basic abc', 'no-guid', {}, 401, 800001],
	['a token that is none', 'Bearer abc.def.ghi', 'no-guid', {}, 401, 800001],
	[
		'an expired token',
		{ ...user, mfa: false, audience: GRAPH, expiresIn: -1 },
		'no-guid',
		{},
		401,
		800001,
	],
	['a Graph token', { ...user, mfa: false, audience: GRAPH }, 'no-guid', {}, 401, 900420],
	['a Graph token of the app', { kind: 'app', audience: GRAPH }, 'no-guid', {}, 401, 900420],
	['a user without MFA', { ...user, mfa: false }, 'no-guid', {}, 401, 900421],
	['the app alone', { kind: 'app' }, 'no-guid', {}, 403, 900329],
	['a customer id that is no GUID', user, 'no-guid', {}, 400, 900118],
	['a customer id in braces', user, `%7B${CONTOSO}%7D`, {}, 400, 900118],
	['an unknown customer', user, UNKNOWN_CUSTOMER, {}, 404, 1000],
	['no relationship', user, ALPINE_WITHOUT_RELATIONSHIP, {}, 403, 20002],
	['an incomplete body', user, CONTOSO, {}, 400, 3000],
] as const)(
	'%s is refused before anything else is looked at',
	async (_what, token, id, body, status, code) => {
		const answer = await confirmAs(token, id, body);
		expect(answer.status).toBe(status);
		expect(json(answer)).toMatchObject({
			code,
			description: expect.stringMatching(/./),
			data: expect.any(Array),
			source: expect.stringMatching(/./),
		});
	},
);

test('every refused token comes with a challenge', async () => {
	const missing = await confirmAs(undefined, CONTOSO, documented.confirmRequest);
	expect(missing.headers['www-authenticate']).toBe(
		`OAuth realm=urn:cpsvc:cpid:${String(missing.headers['ms-correlationid'])}`,
	);
	const withoutMfa = await confirmAs({ kind: 'user', mfa: false }, CONTOSO, {});
	expect(withoutMfa.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
});

test('D18: the missing relationship is told in the words of the service', async () => {
	const answer = await confirmAs(user, ALPINE_WITHOUT_RELATIONSHIP, documented.confirmRequest);
	expect(json(answer)).toEqual({
		code: 20002,
		description: 'No relationship between caller and account.',
		data: [],
		source: 'PartnerFD',
	});
});

test('a token signed by somebody else is refused', async () => {
	const { access_token } = await harness.emulator.issueTokens(user);
	const [header = '', payload = '', signature = ''] = access_token.split('.');
	const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
	const forged = Buffer.from(JSON.stringify({ ...claims, amr: ['mfa'] })).toString('base64url');
	const answer = await confirmAs(
		`Bearer ${header}.${forged}.${signature}`,
		CONTOSO,
		documented.confirmRequest,
	);
	expect(answer.status).toBe(401);
});

test.each([
	'/v1/agreements',
	`/v1/customers/${CONTOSO}/agreements`,
	`/v1/customers/${CONTOSO}/directSignedMicrosoftCustomerAgreementStatus`,
	`/v1/agreementtemplates/${MCA_TEMPLATE_ID}/document`,
])('%s refuses the app alone', async (url) => {
	const { access_token } = await harness.emulator.issueTokens({ kind: 'app' });
	const headers = { Authorization: `Bearer ${access_token}` };
	const answer = await harness.http.get<string>(url, { headers });
	expect(answer.status).toBe(403);
	expect(json(answer)).toMatchObject({ code: 900329 });
});

describe.each([
	['GET', `/v1/customers/${CONTOSO}`],
	['GET', '/v1/customers'],
	['GET', '/v1/auditrecords'],
	['HEAD', '/v1/domains/contoso.onmicrosoft.com'],
])('%s %s', (method, url) => {
	test.each([{ kind: 'app' }, user] as const)('is for a token of %j', async (token) => {
		expect((await harness.call({ method, url }, token)).status).toBe(200);
	});

	test('is not for a user without MFA, nor for nobody', async () => {
		expect((await harness.call({ method, url }, { kind: 'user', mfa: false })).status).toBe(401);
		expect((await harness.http.request<string>({ method, url })).status).toBe(401);
	});
});

test('tokens expired by hand are refused, and new ones are accepted', async () => {
	const { access_token } = await harness.emulator.issueTokens(user);
	harness.emulator.expireAccessTokens();
	const old = await confirmAs(`Bearer ${access_token}`, CONTOSO, documented.confirmRequest);
	expect(old.status).toBe(401);
	expect((await confirmAs(user, CONTOSO, documented.confirmRequest)).status).toBe(201);
});
