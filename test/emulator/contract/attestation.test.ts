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
const created = async () => (json(await create()) as { attestationId: string }).attestationId;
const pageOf = (id: string) => `/mca/?attestationid=${id}`;
const accept = async (id: string) => await harness.http.post<string>(pageOf(id));
const finish = async (attestationId: string, more: Record<string, unknown> = {}) =>
	await harness.confirm(CONTOSO, { ...documented.confirmRequest, attestationId, ...more });
const MINUTE_MS = 60_000;
/** As if the newest attestation had been created earlier. */
function age(minutes: number): void {
	const newest = harness.emulator.attestations.at(-1);
	if (newest !== undefined) newest.createdAt -= minutes * MINUTE_MS;
}

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

	test('its answer carries an id and no link, and says that it is invented', async () => {
		const answer = await create();
		expect(answer.data).not.toMatch(/https?:/);
		expect(json(answer)).toMatchObject({
			attestationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
			status: 'Pending',
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

	test('the customer accepts on a page without a sign-in, which says that it is invented', async () => {
		const id = await created();
		const shown = await harness.http.get<string>(pageOf(id));
		expect(shown.data).toContain('Invented by the emulator');
		expect((await accept(id)).status).toBe(200);
		expect(harness.emulator.attestations).toMatchObject([{ acceptedAt: expect.any(String) }]);
		expect((await harness.http.get<string>(pageOf(id))).data).toContain('Accepted at');
		expect((await harness.http.get(pageOf('x'))).status).toBe(404);
		expect((await harness.http.get('/mca/')).status).toBe(404);
	});

	test('the acceptance creates no agreement; the separate call does, once', async () => {
		harness.emulator.switches.legacyConfirmation = 'refuse';
		const id = await created();
		const early = await finish(id);
		expect([early.status, early.data]).toEqual([
			400,
			expect.stringMatching(/not accepted.*Invented/),
		]);
		await accept(id);
		expect(json(await harness.agreements(CONTOSO))).toMatchObject({ totalCount: 0 });
		expect((await finish(id)).status).toBe(201);
		const another = { ...documented.confirmRequest.primaryContact, firstName: 'Zoe' };
		const again = await finish(id, { primaryContact: another });
		expect([again.status, again.data]).toEqual([400, expect.stringMatching(/used already/)]);
		expect(json(await harness.agreements(CONTOSO))).toMatchObject({ totalCount: 1 });
	});

	test('a confirmation that is refused does not use the id up', async () => {
		const id = await created();
		await accept(id);
		expect((await finish(id, { templateId: null })).status).toBe(400);
		expect((await finish(id)).status).toBe(201);
	});

	test('an unknown id, and one that is another company’s, are refused', async () => {
		expect((await finish('x')).data).toMatch(/no such attestation/);
		await create({ ...wanted, companyName: 'Fabrikam' });
		const foreign = harness.emulator.attestations.at(-1)?.id ?? '';
		await accept(foreign);
		const refused = await finish(foreign);
		expect([refused.status, refused.data]).toEqual([400, expect.stringMatching(/another company/)]);
	});

	test('a link expires after its minutes: its page and its id are refused', async () => {
		harness.emulator.switches.attestationLinkLifetime = 5;
		const id = await created();
		age(4);
		expect((await harness.http.get(pageOf(id))).status).toBe(200);
		age(2);
		expect((await harness.http.get(pageOf(id))).status).toBe(410);
		expect((await accept(id)).status).toBe(410);
		expect((await finish(id)).data).toMatch(/expired/);
		expect(harness.emulator.attestations).toMatchObject([{ acceptedAt: undefined }]);
	});

	test('an attestation is made as old as one likes, without waiting', async () => {
		const id = await created();
		const setAge = async (body: object, of = id) => {
			const path = `/_emulator/attestations/${of}/age`;
			return (await harness.http.put(path, JSON.stringify(body))).status;
		};
		expect(await setAge({ minutes: 10_079 })).toBe(200);
		expect((await harness.http.get(pageOf(id))).status).toBe(200);
		expect(await setAge({ minutes: 10_080 })).toBe(200);
		expect((await harness.http.get(pageOf(id))).status).toBe(410);
		expect(await setAge({ minutes: 0 })).toBe(200);
		expect((await accept(id)).status).toBe(200);
		expect(await setAge({ minutes: -1 })).toBe(400);
		expect(await setAge({})).toBe(400);
		expect(await setAge({ minutes: 1 }, 'x')).toBe(404);
	});

	test('what was accepted in time can be finished afterwards', async () => {
		const id = await created();
		await accept(id);
		age(20_000);
		expect((await finish(id)).status).toBe(201);
	});

	test('an acceptance shows after its seconds', async () => {
		harness.emulator.switches.attestationDelay = 300;
		const id = await created();
		await accept(id);
		expect((await finish(id)).data).toMatch(/not accepted/);
		const [attestation] = harness.emulator.attestations;
		if (attestation?.visibleAt !== undefined) attestation.visibleAt -= 300_000;
		expect((await finish(id)).status).toBe(201);
	});

	test.each([
		['attestationLinkLifetime', 4],
		['attestationLinkLifetime', 10_081],
		['attestationDelay', 301],
	])('%s cannot be %d', async (name, value) => {
		const body = JSON.stringify({ [name]: value });
		expect((await harness.http.put('/_emulator/switches', body)).status).toBe(400);
	});

	test('the acceptance alone creates none, by the customer or at once', async () => {
		const records = async () => (await harness.http.get<string>('/_emulator/audit-records')).data;
		const before = await records();
		await accept(await created());
		harness.emulator.switches.attestationAcceptance = 'atOnce';
		await created();
		expect(json(await harness.agreements(CONTOSO))).toMatchObject({ totalCount: 0 });
		expect(await records()).toBe(before);
	});

	test('the page for people tells what is documented from what is invented', async () => {
		await created();
		const { data } = await harness.http.get<string>('/');
		expect(data).toContain('Enhanced attestation (provisional)');
		expect(data).toContain('Most of this is invented');
		expect(data).toContain('/mca/?attestationid=');
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
