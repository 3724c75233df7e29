import { run } from '../command.mjs';

export const name = 'Compatibility matrix, packed tarball';

export async function check() {
	const { status, stdout, stderr } = await run(['test/compatibility/matrix.mjs']);
	const lines = stdout.split('\n').filter((line) => /^(pass|FAIL) /.test(line));
	const engines = lines
		.filter((line) => line.startsWith('pass'))
		.map((line) => /n8n-core [\d.]+/.exec(line)?.[0].replace('n8n-core ', ''));
	const problems = status === 0 ? [] : [`${stdout}${stderr}`];
	return { found: `one confirm of each outcome on n8n-core ${engines.join(', ')}`, problems };
}
