/** `npm run bench -- --profile`: where the time of an item goes, for each contender of S1. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { z } from 'zod';

import { EXISTING_EVERY, type Bench } from './measurements/measurement';
import { confirm, httpRequest, naive } from './workflows';

const profileSchema = z.object({
	nodes: z.array(
		z.object({
			id: z.number(),
			callFrame: z.object({ functionName: z.string(), url: z.string() }),
			children: z.array(z.number()).optional(),
		}),
	),
	samples: z.array(z.number()),
	/** Microseconds. */
	timeDeltas: z.array(z.number()),
});
type Profile = z.infer<typeof profileSchema>;
type Frame = Profile['nodes'][number]['callFrame'];

/**
 * Whose time it is, by the innermost function on the stack that belongs to somebody: n8n's
 * expressions, its request helper with axios, this package, and so on. The first that fits counts.
 */
const SHARES: [share: string, owns: (frame: Frame) => boolean][] = [
	['this package', ({ url }) => /n8n-nodes-microsoft-partner-center\/dist/.test(url)],
	['the naive node', ({ url }) => /n8n-nodes-bench\//.test(url)],
	[
		'n8n: expressions and parameters',
		({ url, functionName }) =>
			/n8n-workflow|expression-runtime|luxon|isolated-vm|tournament|prom-client/.test(url) ||
			/node-execution-context\.js|validate-value|extract-value|ensure-type|cleanup-param/.test(
				url,
			) ||
			functionName === 'evalClosureSync',
	],
	[
		'n8n: credentials',
		({ url }) => /credentials-helper|credentials\.js|typeorm|n8n-core\/dist\/encryption/.test(url),
	],
	[
		'n8n: request helper and axios',
		({ url }) =>
			/axios|request-helpers|backend-network|client-oauth2|proxy-from-env|follow-redirects/.test(
				url,
			),
	],
	['n8n: the rest', ({ url }) => /node_modules\/(n8n|@n8n)/.test(url)],
	['zod', ({ url }) => /node_modules\/zod\//.test(url)],
	[
		'Node.js: connections and HTTP',
		({ url }) =>
			/^node:(net|_http|http|https|tls|dns|url|internal\/(streams|stream_base|url|dns|timers))/.test(
				url,
			),
	],
];

function shareOf(stack: Frame[]): string {
	const own = stack[0];
	if (own?.functionName === '(garbage collector)') return 'garbage collection';
	for (const frame of stack) {
		const share = SHARES.find(([, owns]) => owns(frame))?.[0];
		if (share !== undefined) return share;
	}
	return 'the rest';
}

/** Milliseconds by share; waiting does not count. */
function sharesOf(profile: Profile): Map<string, number> {
	const byId = new Map(profile.nodes.map((node) => [node.id, node]));
	const parents = new Map<number, number>();
	for (const { id, children = [] } of profile.nodes) {
		for (const child of children) parents.set(child, id);
	}
	const stackOf = (id: number): Frame[] => {
		const stack: Frame[] = [];
		for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
			const frame = byId.get(at)?.callFrame;
			if (frame !== undefined) stack.push(frame);
		}
		return stack;
	};
	const shares = new Map<string, number>();
	const known = new Map<number, string | undefined>();
	profile.samples.forEach((id, sample) => {
		if (!known.has(id)) {
			const stack = stackOf(id);
			known.set(id, stack[0]?.functionName === '(idle)' ? undefined : shareOf(stack));
		}
		const share = known.get(id);
		if (share === undefined) return;
		const milliseconds = (profile.timeDeltas[sample + 1] ?? 0) / 1000;
		shares.set(share, (shares.get(share) ?? 0) + milliseconds);
	});
	return shares;
}

/** Profiles each contender once, keeps the profiles, and prints a table of shares. */
export async function profileContenders({ place, sizes, progress }: Bench): Promise<void> {
	const count = sizes.engineCost;
	const folder = mkdtempSync(join(tmpdir(), 'partner-center-profiles-'));
	const contenders = {
		'This node': confirm(count),
		'Naive node': naive(count),
		'HTTP Request': httpRequest(count, place.emulator.baseUrl),
	};
	const columns: { name: string; shares: Map<string, number> }[] = [];
	for (const [name, contender] of Object.entries(contenders)) {
		progress(`profile of ${name}, ${count} items`);
		await place.emulator.prepare(count, {}, { existingEvery: EXISTING_EVERY });
		const file = join(folder, `${name.toLowerCase().replaceAll(' ', '-')}`);
		await place.execute(contender, { profile: file });
		const shares = new Map<string, number>();
		for (const node of contender.nodes) {
			const profile = profileSchema.parse(JSON.parse(readFileSync(`${file}.${node}`, 'utf8')));
			for (const [share, milliseconds] of sharesOf(profile)) {
				shares.set(share, (shares.get(share) ?? 0) + milliseconds);
			}
		}
		columns.push({ name, shares });
	}
	const rows = [...new Set(columns.flatMap(({ shares }) => [...shares.keys()]))].sort();
	const perItem = (milliseconds = 0) => (milliseconds / count).toFixed(2);
	const table = new Table({
		head: ['ms of processor an item', ...columns.map(({ name }) => name)],
		style: { head: [], border: [] },
	});
	for (const row of rows) {
		table.push([row, ...columns.map(({ shares }) => perItem(shares.get(row)))]);
	}
	const total = (shares: Map<string, number>) =>
		[...shares.values()].reduce((sum, milliseconds) => sum + milliseconds, 0);
	table.push(['together', ...columns.map(({ shares }) => perItem(total(shares)))]);
	process.stdout.write(
		`\n${table.toString()}\nThe profiles, for a browser's developer tools: ${folder}\n`,
	);
}
