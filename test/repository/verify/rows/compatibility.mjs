import { counted, run } from '../command.mjs';

export const name = 'Compatibility matrix, packed tarball';

export async function check() {
	const { status, stdout, stderr } = await run(['test/system/compatibility/matrix.mjs']);
	const lines = stdout.split('\n').filter((line) => /^(pass|FAIL) /.test(line));
	const engines = (result) =>
		lines
			.filter((line) => line.startsWith(result))
			.map((line) => /n8n-core ([\d.]+)/.exec(line)?.[1] ?? line);
	const passed = engines('pass');
	const failed = engines('FAIL');
	if (status !== 0 && failed.length === 0) failed.push('the matrix itself');
	return {
		found: `one confirm of each outcome on n8n-core ${passed.join(', ')}: ${counted({ passed: passed.length, failed })}`,
		problems: status === 0 ? [] : [`${stdout}${stderr}`],
	};
}
