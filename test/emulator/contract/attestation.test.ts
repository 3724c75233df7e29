/** The provisional attestation: the documented part of it, and that the rest says that it is invented. */
import { CONTOSO, emulatorForThisFile, json } from './support/emulator';
import { documented } from './support/fixtures';

const harness = emulatorForThisFile();
const wanted = {
	...{ country: 'NL', language: 'nl-NL', companyName: 'Contoso' },
	...{ signatoryFirstName: 'Tania', signatoryLastName: 'Carr' },
};
const create = async (body: unknown = wanted, kind: 'app' | 'user' = 'app', headers = {}) =>
	await harness.call(
		{
			method: 'POST',
			url: '/v1/attestations/enhanced',
			data: JSON.stringify(body),
			headers: { 'Content-Type': 'application/json', ...headers },
		},
		{ kind },
	);
const created = async () =>
	json(await create()) as { attestationId: string; acceptanceUrl: string };

test('there is none unless it is switched on', async () => {
	expect((await create()).status).toBe(404);
	const { data } = await harness.http.get<string>('/');
	expect(data).not.toContain('Enhanced attestation');
});

describe('switched on', () => {
	beforeEach(() => {
		harness.emulator.switches.attestation = 'preview';
	});

	test('it is App-only, as documented; what a user gets instead is marked as invented', async () => {
		expect((await create()).status).toBe(201);
		const refused = await create(wanted, 'user');
		expect(refused.status).toBe(403);
		expect(refused.data).toMatch(/invented/i);
	});

	test.each(Object.keys(wanted))('it needs the documented property %s', async (name) => {
		const answer = await create({ ...wanted, [name]: undefined });
		expect(answer.status).toBe(400);
		expect(answer.data).toContain(name);
	});

	test('its answer says that it is invented', async () => {
		expect(json(await create())).toMatchObject({
			status: 'pending',
			note: expect.stringMatching(/^Invented by the emulator/),
		});
	});

	test('the same MS-RequestId creates one', async () => {
		const headers = { 'MS-RequestId': 'ba35d250-e45f-433a-b660-3fa3660401f6' };
		const [first, second] = [
			await create(wanted, 'app', headers),
			await create(wanted, 'app', headers),
		];
		expect(first.data).toBe(second.data);
		expect(harness.emulator.attestations).toHaveLength(1);
	});

	test('the customer accepts on a page that says that it is invented', async () => {
		const { acceptanceUrl } = await created();
		const shown = await harness.http.get<string>(acceptanceUrl);
		expect(shown.data).toContain('Invented by the emulator');
		await harness.http.post(acceptanceUrl);
		expect(harness.emulator.attestations).toMatchObject([{ acceptedAt: expect.any(String) }]);
		expect((await harness.http.get<string>(acceptanceUrl)).data).toContain('Accepted at');
		expect((await harness.http.get(`${acceptanceUrl}x`)).status).toBe(404);
	});

	test('its id creates the agreement once the customer has accepted', async () => {
		harness.emulator.switches.legacyConfirmation = 'refuse';
		const { attestationId, acceptanceUrl } = await created();
		const body = { ...documented.confirmRequest, attestationId };
		const early = await harness.confirm(CONTOSO, body);
		expect([early.status, early.data]).toEqual([
			400,
			expect.stringMatching(/not accepted.*Invented/),
		]);
		await harness.http.post(acceptanceUrl);
		expect((await harness.confirm(CONTOSO, body)).status).toBe(201);
		expect((await harness.confirm(CONTOSO, { ...body, attestationId: 'x' })).status).toBe(400);
	});

	test('with "onAcceptance", the acceptance alone creates it', async () => {
		harness.emulator.switches.attestationAgreement = 'onAcceptance';
		const { acceptanceUrl } = await created();
		await harness.http.post(acceptanceUrl);
		await harness.http.post(acceptanceUrl);
		expect(json(await harness.agreements(CONTOSO))).toMatchObject({ totalCount: 1 });
	});

	test('the page for people tells what is documented from what is invented', async () => {
		await created();
		const { data } = await harness.http.get<string>('/');
		expect(data).toContain('Enhanced attestation (provisional)');
		expect(data).toContain('Most of this is invented');
		expect(data).toContain('/attestation-preview/');
	});
});

test.each([
	['refuse', 410, /retired.*Invented by the emulator/],
	['refuseUnexplained', 403, /^\{\}$/],
] as const)('the older confirmation can be answered with "%s"', async (position, status, body) => {
	harness.emulator.switches.legacyConfirmation = position;
	const answer = await harness.confirm(CONTOSO, documented.confirmRequest);
	expect(answer.status).toBe(status);
	expect(answer.data).toMatch(body);
	expect((await harness.agreements(CONTOSO)).status).toBe(200);
});
