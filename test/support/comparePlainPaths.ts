/** Compares in a process of its own: jest can't load n8n's engines of WebAssembly and of the isolate. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';

const comparedSchema = z.object({
	engine: z.string(),
	read: z.number(),
	different: z.array(z.string()),
	refusedNowAndThen: z.array(z.string()),
});

/**
 * @param node the Node.js to run it in
 * @param modules where that n8n's n8n-workflow is
 * @param engine `quickjs` or `vm`
 */
export function comparePlainPaths(node: string, modules: string, engine: string) {
	const script = path.join(__dirname, 'plainPathProcess.ts');
	const seeds = ['1', '2', '3', '4'];
	const printed = execFileSync(node, ['--import', 'tsx', script, modules, engine, ...seeds], {
		encoding: 'utf8',
	});
	return comparedSchema.parse(JSON.parse(printed));
}
