import { counted, jest, run } from '../command.mjs';

export const name = 'Engine tests beside a manual install';

/** The package then finds a second n8n-workflow and a zod 4; the engine keeps its own. */
export async function check() {
	await run(['dev/hosts/engines/install.mjs', 'n8n-1', 'hoisted']);
	const found = [];
	const problems = [];
	for (const engine of ['n8n-2', 'n8n-1']) {
		const result = await jest(['--selectProjects', 'host'], {
			HOST_ENGINE: engine,
			HOST_ZOD: 'zod-4',
			HOST_WORKFLOW: 'hoisted',
		});
		found.push(`${engine} with a second n8n-workflow and zod 4: ${counted(result)}`);
		problems.push(...result.problems.map((problem) => `${engine}: ${problem}`));
	}
	return { found: found.join('; '), problems };
}
