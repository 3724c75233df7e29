/** Seeding, inspecting and watching the emulator. */
import { EMULATOR_CLIENT_SECRET } from '../../../dev/emulator/identity/registeredApp';
import { startEmulator } from '../../../dev/emulator/startEmulator';
import { sampleState } from '../../../dev/emulator/sampleCustomers';
import {
	CONTOSO,
	FABRIKAM,
	UNKNOWN_CUSTOMER,
	emulatorForThisFile,
	json,
	plainClient,
} from './support/emulator';
import { documented } from './support/fixtures';
import { connect, requestToken } from './support/signIn';

const harness = emulatorForThisFile();
const put = async (path: string, body: unknown) =>
	await harness.http.put<string>(`/_emulator/${path}`, JSON.stringify(body));
const get = async (path: string) => json(await harness.http.get<string>(`/_emulator/${path}`));
const post = async (path: string) => await harness.http.post<string>(`/_emulator/${path}`);

describe('the state', () => {
	test('starts with the sample customers', () => {
		expect(harness.emulator.state.customers).toHaveLength(14);
		expect(new Set(sampleState.customers.map(({ id }) => id)).size).toBe(14);
	});

	test('can be replaced and read back over HTTP, defaults filled in', async () => {
		const primaryContact = { firstName: 'Ő', lastName: 'ű', email: 'o@example.com' };
		const seeded = {
			id: UNKNOWN_CUSTOMER,
			companyName: 'New',
			domain: 'new.example',
			agreements: [{ primaryContact, dateAgreed: '2024-01-01T00:00:00Z' }],
		};
		expect((await put('state', { customers: [seeded] })).status).toBe(200);
		expect(await get('state')).toMatchObject({
			customers: [
				{
					...seeded,
					relationshipToPartner: 'reseller',
					directSigned: false,
					agreements: [{ primaryContact, type: 'MicrosoftCustomerAgreement' }],
				},
			],
			templates: [{ versionRank: 0 }, { versionRank: 0 }],
		});
		const answer = await harness.agreements(UNKNOWN_CUSTOMER);
		expect(json(answer)).toMatchObject({ totalCount: 1, items: [{ primaryContact }] });
	});

	test('shows a confirmation at once, to HTTP and to TypeScript', async () => {
		await harness.confirm(CONTOSO, documented.confirmRequest);
		const contoso = { id: CONTOSO, agreements: [documented.confirmResponse] };
		expect(harness.emulator.state.customers[0]).toMatchObject(contoso);
		expect(await get('state')).toMatchObject({
			customers: expect.arrayContaining([expect.objectContaining(contoso)]),
		});
	});

	test('that is wrong is refused and changes nothing', async () => {
		const answer = await put('state', { customers: [{ id: 'x' }] });
		expect(answer.status).toBe(400);
		expect(answer.data).toContain('must be a GUID');
		expect(harness.emulator.state.customers).toHaveLength(14);
		expect(() => harness.emulator.seed({ customers: [], extra: 1 } as never)).toThrow();
	});
});

test('reset goes back to the start, but keeps everyone signed in', async () => {
	const { access_token } = await connect(harness);
	await harness.confirm(CONTOSO, documented.confirmRequest);
	await put('switches', { duplicateStatus: 400 });
	await put('faults', [{ what: 'status-500' }]);
	expect((await post('reset')).status).toBe(204);
	expect(harness.emulator.switches.duplicateStatus).toBe(409);
	expect(harness.emulator.requests).toEqual([]);
	expect(harness.emulator.tokenRequests).toEqual([]);
	const answer = await harness.confirm(CONTOSO, documented.confirmRequest, {
		Authorization: `Bearer ${access_token}`,
	});
	expect(answer.status).toBe(201);
});

describe('the switches', () => {
	test('are turned one at a time over HTTP', async () => {
		const answer = await put('switches', { noAgreements: '600009' });
		expect(json(answer)).toEqual({ ...harness.emulator.switches, noAgreements: '600009' });
		expect((await harness.agreements(CONTOSO)).status).toBe(404);
	});

	test.each([
		{ duplicateStatus: 418 },
		{ unknown: true },
		{ linkPrefix: 'v2' },
		{ defaultPageSize: 0 },
		{ totalCount: 14 },
		{ pageLoop: 'yes' },
		{ documentLinkLifetime: -1 },
		{ documentBytes: 0.5 },
		{ unknownTemplateStatus: 403 },
		{ unknownCountryStatus: 403 },
		{ auditDelay: -1 },
	])('refuse %j', async (body) => {
		expect((await put('switches', body)).status).toBe(400);
	});
});

describe('the request log', () => {
	test('has each call with its headers, its exact body and its status', async () => {
		const body = `{ "odd":  "spacing",\n"name": "Győző" }`;
		await harness.confirm(CONTOSO, body, { 'MS-RequestId': UNKNOWN_CUSTOMER });
		await harness.agreements(FABRIKAM);
		expect(await get('requests')).toEqual([
			expect.objectContaining({
				time: expect.stringMatching(/^\d{4}-.*Z$/),
				method: 'POST',
				path: `/v1/customers/${CONTOSO}/agreements`,
				headers: expect.objectContaining({ 'ms-requestid': UNKNOWN_CUSTOMER }),
				body,
				status: 400,
				fault: null,
			}),
			expect.objectContaining({
				method: 'GET',
				path: `/v1/customers/${FABRIKAM}/agreements?agreementType=MicrosoftCustomerAgreement`,
				body: '',
				status: 200,
			}),
		]);
		expect(harness.emulator.requests).toEqual(await get('requests'));
	});

	test('tells which calls came with the same access token', async () => {
		const { access_token } = await harness.emulator.issueTokens({ kind: 'user' });
		const headers = { Authorization: `Bearer ${access_token}` };
		await harness.call({ url: '/v1/agreements', headers });
		await harness.call({ url: '/v1/agreements', headers });
		await harness.call({ url: '/v1/agreements' });
		const [first, second, third] = harness.emulator.requests.map(({ tokenId }) => tokenId);
		expect(first).toMatch(/./);
		expect(second).toBe(first);
		expect(third).not.toBe(first);
	});

	test('holds no secret, wherever it was sent', async () => {
		const tokens = await connect(harness);
		await requestToken(harness, {
			grant_type: 'refresh_token',
			refresh_token: tokens.refresh_token,
		});
		await harness.confirm(CONTOSO, documented.confirmRequest, {
			Authorization: `Bearer ${tokens.access_token}`,
			Cookie: 'session=hidden',
		});
		const log = JSON.stringify([await get('requests'), await get('token-requests')]);
		expect(log).toContain('client_secret=[redacted]');
		expect(log).toContain('refresh_token=[redacted]');
		expect(log).toContain('&code=[redacted]');
		expect(log).not.toContain(EMULATOR_CLIENT_SECRET);
		expect(log).not.toContain(tokens.access_token);
		expect(log).not.toContain(tokens.refresh_token);
		expect(log).not.toContain('session=hidden');
		expect(log.toLowerCase()).not.toContain('bearer');
	});

	test('keeps the last calls, as many as it was started for', async () => {
		const emulator = await startEmulator({ keptRequests: 2 });
		const http = plainClient(emulator.baseUrl);
		for (const path of ['/v1/a', '/v1/b', '/v1/c']) await http.get<string>(path);
		await emulator.close();
		expect(emulator.requests.map(({ path }) => path)).toEqual(['/v1/b', '/v1/c']);
	});

	test('leaves out the control calls and the page', async () => {
		await get('state');
		await harness.http.get<string>('/');
		expect(harness.emulator.requests).toEqual([]);
	});
});

test('tokens can be expired and issued over HTTP', async () => {
	const { access_token } = await harness.emulator.issueTokens({ kind: 'user' });
	const headers = { Authorization: `Bearer ${access_token}` };
	expect((await post('expire-tokens')).status).toBe(204);
	expect((await harness.call({ url: '/v1/agreements', headers })).status).toBe(401);
	const issued = await harness.http.post<string>('/_emulator/issue-tokens', '{"kind":"user"}');
	const fresh = (json(issued) as { access_token: string }).access_token;
	const answer = await harness.call({
		url: '/v1/agreements',
		headers: { Authorization: `Bearer ${fresh}` },
	});
	expect(answer.status).toBe(200);
});
