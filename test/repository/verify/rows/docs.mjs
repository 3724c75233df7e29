import { counted, jest } from '../command.mjs';

export const name = 'Documentation: examples, commands, links, messages';

export async function check() {
	const tests = await jest(['--selectProjects', 'docs']);
	return { found: `tests: ${counted(tests)}`, problems: tests.problems };
}
