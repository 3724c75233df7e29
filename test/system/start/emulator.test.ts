/** `npm run emulator` with the switches that a person can turn from the command line. */
import { spawn, type ChildProcess } from 'node:child_process';

import { emulatorCommand } from '../../../dev/emulator/spawnEmulator';
import { ROOT } from './command';

let child: ChildProcess | undefined;
afterEach(() => child?.kill());

/** What it printed until this text was there, or until it ended. */
function emulator(options: string[], until: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const started = spawn(process.execPath, [...emulatorCommand(), ...options], {
			cwd: ROOT,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		child = started;
		let printed = '';
		const read = (text: string) => {
			printed += text;
			if (printed.includes(until)) resolve(printed);
		};
		started.stdout.setEncoding('utf8').on('data', read);
		started.stderr.setEncoding('utf8').on('data', read);
		started.once('error', reject);
		started.once('close', () => resolve(printed));
	});
}

const addressIn = (printed: string) => /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? '';

it('--attestation preview: says that it is provisional, also on its page', async () => {
	const printed = await emulator(['--port', '0', '--attestation', 'preview'], 'as the page says');
	expect(printed).toContain('The enhanced attestation is provisional: most of it is invented');
	const page = await (await fetch(addressIn(printed))).text();
	expect(page).toContain('Enhanced attestation (provisional)');
	expect(page).toContain('Invented by this emulator');
}, 60_000);

it('--legacy-confirmation refuse: the older confirmation is refused', async () => {
	const options = ['--port', '0', '--legacy-confirmation', 'refuse'];
	const printed = await emulator(options, 'Ctrl-C');
	expect(printed).toContain('from the default:\n  legacyConfirmation refuse\n');
	const switches = await (await fetch(`${addressIn(printed)}/_emulator/switches`)).text();
	expect(JSON.parse(switches)).toMatchObject({ legacyConfirmation: 'refuse', attestation: 'off' });
}, 60_000);

it('--attestation with another word is explained', async () => {
	const printed = await emulator(['--attestation', 'yes'], '--help');
	expect(printed).toContain("--attestation Invalid enum value. Expected 'off' | 'preview'");
}, 60_000);
