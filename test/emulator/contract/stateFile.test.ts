/** `--state`: what the emulator knows outlives it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { spawnEmulator } from '../../../dev/emulator/spawnEmulator';
import { startEmulator, type Emulator } from '../../../dev/emulator/startEmulator';
import { CONTOSO, FABRIKAM, emulatorForThisFile, plainClient } from './support/emulator';
import { documented } from './support/fixtures';

let folder = '';
let file = '';
const started: Emulator[] = [];

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'emulator-state-'));
	file = path.join(folder, 'state.json');
});
afterEach(async () => {
	for (const emulator of started.splice(0)) await emulator.close();
	rmSync(folder, { recursive: true });
});

async function start(): Promise<Emulator> {
	const emulator = await startEmulator({ stateFile: file });
	started.push(emulator);
	return emulator;
}

async function confirmContoso({ baseUrl }: { baseUrl: string }, token: string): Promise<number> {
	const answer = await plainClient(baseUrl).post<string>(
		`/v1/customers/${CONTOSO}/agreements`,
		JSON.stringify(documented.confirmRequest),
		{ headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' } },
	);
	return answer.status;
}
const tokenOf = async (emulator: Emulator) =>
	(await emulator.issueTokens({ kind: 'user' })).access_token;

test('a confirmation is there again after a restart, with its audit record', async () => {
	const first = await start();
	expect(first.state.customers).toHaveLength(14);
	expect(await confirmContoso(first, await tokenOf(first))).toBe(201);
	const [record] = first.audit.records;
	await first.close();

	const second = await start();
	expect(second.state.customers.find(({ id }) => id === CONTOSO)?.agreements).toMatchObject([
		{ primaryContact: documented.confirmRequest.primaryContact },
	]);
	expect(second.audit.records).toEqual([record]);
	expect(await confirmContoso(second, await tokenOf(second))).toBe(409);
});

test('reset goes back to what the file held at the start', async () => {
	const first = await start();
	await confirmContoso(first, await tokenOf(first));
	await first.close();
	const second = await start();
	second.seed({ customers: [] });
	second.reset();
	expect(second.state).toEqual(first.state);
	expect(second.audit.records).toEqual(first.audit.records);
});

test('indirect resellers and the partner’s own agreement outlive it too', async () => {
	const first = await start();
	const { customers } = first.state;
	const resellers = [{ id: CONTOSO, name: 'ReleCloud', mpnId: '4847433' }];
	first.seed({ customers, indirectResellers: resellers, partnerAgreementSigned: false });
	await first.close();
	const second = await start();
	expect(second.state).toMatchObject({
		indirectResellers: resellers,
		partnerAgreementSigned: false,
	});
});

test('the state is saved and loaded on demand', async () => {
	const emulator = await start();
	const control = plainClient(`${emulator.baseUrl}/_emulator/state`);
	const early = await control.post<string>('/load');
	expect([early.status, early.data]).toEqual([400, expect.stringContaining('does not exist yet')]);
	const saved = await control.post<string>('/save');
	expect(JSON.parse(saved.data)).toEqual({ file, customers: 14, auditRecords: 0 });
	emulator.seed({ customers: [] });
	expect((await control.post<string>('/load')).status).toBe(200);
	expect(emulator.state.customers).toHaveLength(14);
	expect(readdirSync(folder)).toEqual(['state.json']);
});

test('a file that holds no state is refused with its name and field, and left as it was', async () => {
	writeFileSync(file, '{"customers":[{"id":"x"}],"templates":[]}');
	await expect(start()).rejects.toThrow(`${file}: customers.0.id: must be a GUID`);
	writeFileSync(file, 'no JSON');
	await expect(start()).rejects.toThrow(`${file}: is not JSON`);
	expect(readFileSync(file, 'utf8')).toBe('no JSON');
});

test('no token and no secret is written', async () => {
	const emulator = await start();
	const { access_token, refresh_token = '' } = await emulator.issueTokens({ kind: 'user' });
	await confirmContoso(emulator, access_token);
	await emulator.close();
	const text = readFileSync(file, 'utf8');
	expect(text).toContain(FABRIKAM);
	expect(text).not.toContain(access_token);
	expect(text).not.toContain(refresh_token);
});

test('npm run emulator -- --state saves when it is told to stop', async () => {
	const { child } = await spawnEmulator('--state', file);
	child.kill('SIGTERM');
	await once(child, 'exit');
	expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('customers.13.companyName');
});

describe('without a file', () => {
	const harness = emulatorForThisFile();

	test.each(['save', 'load'])('POST state/%s is refused', async (act) => {
		const answer = await harness.http.post<string>(`/_emulator/state/${act}`);
		expect([answer.status, answer.data]).toEqual([
			409,
			'{"error":"The emulator was started without --state."}',
		]);
	});
});
