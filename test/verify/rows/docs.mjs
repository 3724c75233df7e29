import { jest } from '../command.mjs';

export const name = 'Documentation: examples, commands, links, messages';

export async function check() {
	const { passed, problems } = await jest(['--selectProjects', 'docs', '--forceExit']);
	return { found: `${passed} tests passed`, problems };
}
