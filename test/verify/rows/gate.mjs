import { run } from '../command.mjs';

export const name = 'Package gate, source and tarball';

export async function check() {
	const { status, stdout, stderr } = await run(['test/package/gate.mjs']);
	const lines = stdout.split('\n');
	const passed = lines.filter((line) => line.startsWith('pass')).length;
	const problems = lines.filter((line) => line !== '' && !line.startsWith('pass'));
	if (status !== 0 && problems.length === 0) problems.push(stderr);
	return { found: `${passed} checks passed; no errors and no warnings of n8n's rules`, problems };
}
