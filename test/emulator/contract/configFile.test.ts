/** `--config`: customers, switches and faults that the emulator starts with. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { readConfigFile } from '../../../dev/emulator/configFile';
import { sampleState } from '../../../dev/emulator/sampleCustomers';
import { emulatorCommand, spawnEmulator } from '../../../dev/emulator/spawnEmulator';
import { defaultSwitches } from '../../../dev/emulator/switches';
import { CONTOSO, plainClient } from './support/emulator';

const ROOT = path.join(__dirname, '../../..');
const run = promisify(execFile);

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'emulator-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: unknown): string {
	const file = path.join(folder, 'config.json');
	writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
	return file;
}
const contoso = { id: CONTOSO, companyName: 'Contoso', domain: 'contoso.onmicrosoft.com' };

test('the emulator starts with the customers, switches and faults of the file', async () => {
	const file = fileWith({
		customers: [contoso],
		switches: { duplicateStatus: 400 },
		faults: [{ match: { path: '^/v1/customers' }, what: 'status-503' }],
	});
	const { child, baseUrl } = await spawnEmulator('--config', file);
	try {
		const http = plainClient(baseUrl);
		const read = async (what: string): Promise<unknown> =>
			JSON.parse((await http.get<string>(`/_emulator/${what}`)).data);
		expect(await read('state')).toMatchObject({ customers: [contoso], templates: [{}, {}] });
		expect(await read('switches')).toEqual({ ...defaultSwitches, duplicateStatus: 400 });
		expect((await http.get<string>('/v1/customers')).status).toBe(503);
		await http.put<string>('/_emulator/faults', '[]');
		await http.post<string>('/_emulator/reset');
		expect((await http.get<string>('/v1/customers')).status).toBe(503);
	} finally {
		child.kill();
	}
});

test.each([
	[{ customers: [{ ...contoso, id: 'x' }] }, 'customers.0.id: must be a GUID'],
	[{ switches: { duplicateStatus: 418 } }, 'switches.duplicateStatus: Invalid literal value'],
	[{ switches: { unheardOf: true } }, "switches: Unrecognized key(s) in object: 'unheardOf'"],
	[{ faults: [{ what: 'status-500', times: 0 }] }, 'faults.0.times: Number must be greater than 0'],
	[{ faults: { random: { seed: 1, rate: 2, kinds: ['bom'] } } }, 'faults.random.rate: Number must'],
	[{ customer: [] }, "Unrecognized key(s) in object: 'customer'"],
	['{', 'is not JSON'],
])('%j is refused by the name of its field', (content, problem) => {
	const file = fileWith(content);
	expect(() => readConfigFile(file)).toThrow(`${file}: ${problem}`);
});

test('what the file leaves out is as without it', () => {
	const { state, switches, faults } = readConfigFile(fileWith({ partnerAgreementSigned: false }));
	expect(state).toEqual({ ...sampleState, partnerAgreementSigned: false });
	expect([switches, faults]).toEqual([undefined, undefined]);
});

test('a file that is not there is refused by its name', () => {
	expect(() => readConfigFile('missing.json')).toThrow('missing.json: cannot be read');
});

test('npm run emulator ends with the file and the field that is wrong', async () => {
	const file = fileWith({ customers: [{ ...contoso, domain: 7 }] });
	const args = [...emulatorCommand(), '--port', '0', '--config', file];
	await expect(run(process.execPath, args, { cwd: ROOT })).rejects.toMatchObject({
		code: 1,
		stderr: expect.stringContaining(`${file}: customers.0.domain: Expected string`),
	});
});
