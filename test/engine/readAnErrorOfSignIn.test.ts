/**
 * "Read an error", the sign-in: each row as an item says it, from what really came over the wire. A
 * row that n8n keeps from the node says so on the page.
 */
import { itemOf, rowsOf, saying, type Said } from './errorPage';
import { open } from './place';
import type { Answer } from './standIn';
import { customers, engine } from './workplace';

const ASKED_FOR_TOKEN = /^POST \/[^/]+\/oauth2\//;

/** As Microsoft Entra's token endpoint refuses. */
const refusal = (error: string, code: string, status = 400): Answer => ({
	status,
	body: {
		error,
		error_description: `${code}: What Microsoft says of it. Trace ID: 0000aaaa-11bb-cccc-dd22-eeeeee333333 Correlation ID: aaaa0000-bb11-2222-33cc-444444dddddd Timestamp: 2026-11-26 02:02:12Z`,
		error_codes: [Number(code.replace(/\D/g, ''))],
		timestamp: '2026-11-26 02:02:12Z',
		trace_id: '0000aaaa-11bb-cccc-dd22-eeeeee333333',
		correlation_id: 'aaaa0000-bb11-2222-33cc-444444dddddd',
	},
});

/** What an item says where Microsoft Entra refuses to renew the token. */
const whereEntraAnswers = async (answer: Answer, settings?: Parameters<typeof itemOf>[1]) =>
	await itemOf((call) => (ASKED_FOR_TOKEN.test(call) ? answer : undefined), settings);

const LAST_ROW = 'The sign-in to Microsoft could not be renewed';
const GET_CUSTOMER = {
	resource: 'customer',
	operation: 'get',
	authentication: 'appOnly',
	customerId: { __rl: true, mode: 'id', value: '={{ $json.customerId }}' },
	options: { maxRetries: 0 },
};
const asApp = { appOnly: true, parameters: GET_CUSTOMER };

describe('The sign-in', () => {
	const rows = rowsOf('The sign-in');
	const rowOf = (seen: string) => rows.find((row) => row.seen === seen);

	/** What Entra's `error` is beside a code, where n8n 2.x keeps the code to itself and where not. */
	const HIDDEN = 'invalid_grant';
	const ERRORS: Readonly<Record<string, string[]>> = {
		AADSTS50076: [HIDDEN, 'interaction_required'],
		AADSTS50079: [HIDDEN, 'interaction_required'],
		AADSTS53000: [HIDDEN, 'interaction_required'],
		AADSTS53001: [HIDDEN, 'interaction_required'],
		AADSTS53003: [HIDDEN, 'interaction_required'],
		AADSTS530003: [HIDDEN, 'interaction_required'],
		AADSTS500011: ['invalid_resource'],
		AADSTS700016: ['unauthorized_client'],
		AADSTS700025: ['invalid_client'],
		AADSTS7000112: ['unauthorized_client'],
		AADSTS7000215: ['invalid_client'],
		AADSTS7000218: ['invalid_client'],
		AADSTS7000222: ['invalid_client'],
		AADSTS90002: ['invalid_request'],
		AADSTS90013: ['invalid_request'],
		AADSTS900023: ['invalid_request'],
	};
	const refusals = rows.flatMap(({ seen, codes }) =>
		codes
			.filter((code) => code.startsWith('AADSTS'))
			.flatMap((code) => (ERRORS[code] ?? [HIDDEN]).map((error) => ({ seen, code, error }))),
	);
	refusals.push({ seen: LAST_ROW, code: 'AADSTS99999999', error: 'unknown_error' });
	const NO_TOKEN_FOR_APP = 'Microsoft Entra gave the app no token';
	const refusalsOfApps = [
		...refusals.filter(({ code }) =>
			/^AADSTS(7000112|7000215|7000218|7000222|500011|53003|90002)$/.test(code),
		),
		{ seen: NO_TOKEN_FOR_APP, code: 'AADSTS99999999', error: 'unknown_error' },
		{ seen: NO_TOKEN_FOR_APP, code: 'AADSTS99999999', error: HIDDEN },
	].map((one) => ({ ...one, forApp: true }));

	const asked = new Map<object, Said>();

	// At the same time: each of them waits whether another worker stores a token.
	beforeAll(async () => {
		const { emulator } = await open({ state: { customers: customers(1) } });
		emulator.expireAccessTokens();
		const all = [...refusals, ...refusalsOfApps];
		await Promise.all(
			all.map(async (one) => {
				const settings = 'forApp' in one ? asApp : {};
				asked.set(one, await whereEntraAnswers(refusal(one.error, one.code), settings));
			}),
		);
		expect(emulator.requests.filter(({ status }) => status !== 401)).toEqual([]);
	});

	it.each(refusals)('$seen: $code, as $error', (one) => {
		const { seen, code, error } = one;
		const said = asked.get(one);
		const isHidden = engine === 'n8n-2' && error === HIDDEN;
		expect(said?.error).toMatch(saying(isHidden ? LAST_ROW : seen));
		expect(said?.message).toContain(
			isHidden ? "Microsoft Entra's sign-in logs" : `Microsoft's code: ${code}.`,
		);
	});

	it.each(rows)('$seen: says whether every n8n can show it', ({ codes, meaning }) => {
		const isHidden = codes.some((code) => code in ERRORS && (ERRORS[code] ?? []).includes(HIDDEN));
		const isAlwaysHidden = codes.some((code) => code.startsWith('AADSTS') && !(code in ERRORS));
		if (codes.length > 0) {
			expect(meaning.includes('On newer n8n 2.x')).toBe(isHidden || isAlwaysHidden);
		}
	});

	it.each(refusalsOfApps)('an app that signs in alone: $seen, $code as $error', (one) => {
		const { seen, code, error } = one;
		const said = asked.get(one);
		const isHidden = engine === 'n8n-2' && error === HIDDEN;
		expect(said?.error).toMatch(saying(isHidden ? NO_TOKEN_FOR_APP : seen));
		expect(said?.message).toContain(
			isHidden ? "Microsoft Entra's sign-in logs" : `Microsoft's code: ${code}.`,
		);
		expect(said?.message).not.toMatch(/reconnect it/);
	});

	it.each([
		['Partner Center requires a sign-in with multi-factor authentication', '900421'],
		['Partner Center requires a sign-in with multi-factor authentication', '10001'],
		['Partner Center takes no App-only token for this call', '900329'],
		["The token was made for Microsoft's retired directory API, not for Partner Center", '900420'],
		['Partner Center refused the token, also after it was renewed', undefined],
	])('%s: code %s', async (seen, code) => {
		await open({ state: { customers: customers(1) } });
		const body = code === undefined ? {} : { code, description: 'What Microsoft says' };
		const said = await itemOf((call) =>
			call.includes(' /v1/') ? { status: 401, body } : undefined,
		);
		expect(said.error).toMatch(saying(seen));
		expect(said.message).toContain('HTTP 401');
		expect(rowOf(seen)?.codes ?? []).toEqual(
			code === undefined ? [] : expect.arrayContaining([code]),
		);
	});

	it('A Conditional Access policy of the partner tenant stopped the request: code 900309', async () => {
		await open({ state: { customers: customers(1) } });
		const body = { code: '900309', description: 'What Microsoft says' };
		const said = await itemOf((call) =>
			call.includes(' /v1/') ? { status: 403, body } : undefined,
		);
		expect(said.error).toMatch(/^A Conditional Access policy of the partner tenant stopped/);
	});

	it('The credential is not connected', async () => {
		await open();
		const said = await itemOf(
			() => undefined,
			{},
			(data) => delete data.oauthTokenData,
		);
		expect(said.error).toMatch(/^The credential is not connected/);
	});

	it('… has no credential', async () => {
		await open();
		expect((await itemOf(() => undefined, { credentials: {} })).error).toMatch(
			/ has no credential/,
		);
	});

	it("… needs …, and the node has '…' (…)", async () => {
		await open();
		const said = await itemOf(() => undefined, { appOnly: true });
		expect(said.error).toMatch(saying("… needs …, and the node has '…' (…)"));
	});

	it('has no row that is not tested', () => {
		const tested = new Set([
			...refusals.map(({ seen }) => seen),
			'… has no credential',
			"… needs …, and the node has '…' (…)",
			'Microsoft Entra gave the app no token',
			'The credential is not connected',
			'Partner Center requires a sign-in with multi-factor authentication',
			'Partner Center refused the token, also after it was renewed',
			'A Conditional Access policy of the partner tenant stopped the request',
			'Partner Center takes no App-only token for this call',
			"The token was made for Microsoft's retired directory API, not for Partner Center",
			LAST_ROW,
		]);
		expect(rows.map(({ seen }) => seen).filter((seen) => !tested.has(seen))).toEqual([]);
	});
});
