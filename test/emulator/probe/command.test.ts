/** `npm run probe` as somebody types it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { defaultSwitches } from '../../../dev/emulator/switches';

jest.setTimeout(120_000);

const CLI = path.join(__dirname, '../../../dev/probe/cli.ts');
const CLIENT_ID = '11111111-2222-4333-8444-555555555555';
const run = promisify(execFile);
const typed = async (...options: string[]) =>
	await run(process.execPath, ['--import', 'tsx', CLI, ...options]);

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'probe-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('it finds every switch that can be found, in thirty emulators with random switches', async () => {
	const { stdout } = await typed('--emulator', '--runs', '30', '--seed', '1');
	expect(stdout).toContain('30 emulators probed.');
	expect(stdout).toContain('No switch was missed.');
	for (const name of Object.keys(defaultSwitches)) expect(stdout).toContain(`│ ${name} `);
});

test('it writes a report and a recording where it is told to', async () => {
	const [report, recording] = ['report.txt', 'recording.json'].map((name) =>
		path.join(folder, name),
	);
	const { stdout } = await typed(
		...['--emulator', '--switches', '{"duplicateStatus":400}'],
		...['--report', report ?? '', '--recording', recording ?? ''],
	);
	const text = readFileSync(report ?? '', 'utf8');
	expect(stdout).toContain(text);
	expect(text).toMatch(/questions answered/);
	expect(text).toContain('* duplicateStatus: 400');
	expect(JSON.parse(readFileSync(recording ?? '', 'utf8'))).toMatchObject({
		switches: { duplicateStatus: 400 },
	});
});

test.each([
	[[], '--tenant: is required, or --emulator'],
	[['--tenant', 'contoso.onmicrosoft.com', '--client-id', 'x'], '--client-id: must be a GUID'],
	[['--tenant', 'x', '--client-id', CLIENT_ID, '--write'], '--customer: is required with --write'],
	[['--emulator', '--runs', '0'], '--runs: Number must be greater than 0'],
	[['--emulator', '--switches', '{"bom":1}'], '--switches: bom: Expected boolean'],
	[['--emulator', '--write'], "Unrecognized key(s) in object: 'write'"],
])('%j is refused with its reason', async (options, reason) => {
	await expect(typed(...options)).rejects.toMatchObject({
		code: 1,
		stderr: expect.stringContaining(reason),
	});
});
