/** `npm run bench:emulator` measures; what it finds depends on the machine, and is not asserted. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const ENTRY = path.join(__dirname, '../../../dev/bench/emulatorCost.ts');

test('it says how long the start took, and the memory before and after the requests', async () => {
	const args = ['--import', 'tsx', ENTRY, '--requests', '300'];
	const { stdout } = await promisify(execFile)(process.execPath, args);
	expect(stdout).toMatch(
		/^Ready after +[\d.]+ s\nMemory at the start +\d+ MB\nRequests +300\nMemory after them +\d+ MB, -?\d+ MB more\n$/,
	);
});
