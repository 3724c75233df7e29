import { counted, jest, run } from '../command.mjs';

export const name = 'Engine tests with each zod';

/** What n8n ships, and what another package may leave beside this one. */
const VERSIONS = ['zod-3.25.67', 'zod-3.25.76', 'zod-4'];

export async function check() {
	await run(['dev/hosts/engines/install.mjs', 'hoisted']);
	const found = [];
	const problems = [];
	for (const version of VERSIONS) {
		const result = await jest(['--selectProjects', 'host'], { HOST_ZOD: version });
		found.push(`${version}: ${counted(result)}`);
		problems.push(...result.problems.map((problem) => `${version}: ${problem}`));
	}
	return { found: found.join('; '), problems };
}
