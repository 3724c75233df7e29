import { counted, run } from '../command.mjs';

export const name = 'Package gate, source and tarball';

export async function check() {
	const { status, stdout, stderr } = await run(['test/repository/package/gate.mjs']);
	const lines = stdout.split('\n');
	const passed = lines.filter((line) => line.startsWith('pass')).length;
	const problems = lines.filter((line) => line !== '' && !line.startsWith('pass'));
	if (status !== 0 && problems.length === 0) problems.push(stderr);
	const failed = lines
		.filter((line) => line.startsWith('FAIL'))
		.map((line) => line.slice(5).trim());
	if (problems.length > 0 && failed.length === 0) failed.push('the gate itself');
	return {
		found: `${counted({ passed, failed }, ' checks')}${failed.length === 0 ? "; no errors and no warnings of n8n's rules" : ''}`,
		problems,
	};
}
