/** Executions of a real n8n, seen as its editor sees them. */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

import type { Major } from '../../../dev/n8n/n8nVersions';
import type { Session } from '../../../dev/n8n/Session';

const POLL_INTERVAL = 200;
const RUN_TIMEOUT = 60_000;
const GOING_ON = ['new', 'running', 'waiting'];

const itemSchema = z
	.object({
		json: z.record(z.unknown()),
		pairedItem: z.unknown(),
		binary: z.record(z.unknown()).optional(),
	})
	.passthrough();
const errorSchema = z.object({ message: z.string() }).passthrough();
const nodeRunSchema = z.object({
	executionStatus: z.string().optional(),
	error: errorSchema.optional(),
	hints: z.array(z.object({ message: z.string() }).passthrough()).optional(),
	data: z.record(z.array(z.array(itemSchema).nullable())).optional(),
});
const dataSchema = z.object({
	resultData: z.object({
		runData: z.record(z.array(nodeRunSchema)),
		error: errorSchema.optional(),
		lastNodeExecuted: z.string().optional(),
	}),
});
const executionSchema = z.object({
	id: z.coerce.string(),
	status: z.string(),
	mode: z.string(),
	workflowId: z.string(),
	data: z.string(),
	customData: z.record(z.string()),
});
const listSchema = z.object({
	results: z.array(z.object({ id: z.coerce.string(), status: z.string(), mode: z.string() })),
});

export type Item = z.infer<typeof itemSchema>;

/** What one execution came to. */
export class Execution {
	constructor(
		readonly status: string,
		private readonly data: z.infer<typeof dataSchema>,
		/** As stored, before it is read. */
		readonly text: string,
		/** What its page calls "highlighted data". */
		readonly customData: Record<string, string>,
	) {}

	get error(): string | undefined {
		return this.data.resultData.error?.message;
	}

	/** The nodes that ran, in the order in which they began. */
	get nodes(): string[] {
		return Object.keys(this.data.resultData.runData);
	}

	/** The items of each output of a node, over all its runs. */
	outputs(node: string, connection = 'main'): Record<string, unknown>[][] {
		return this.items(node, connection).map((items) => items.map(({ json }) => json));
	}

	items(node: string, connection = 'main'): Item[][] {
		const all: Item[][] = [];
		for (const { data } of this.data.resultData.runData[node] ?? []) {
			for (const [index, items] of (data?.[connection] ?? []).entries()) {
				all[index] = [...(all[index] ?? []), ...(items ?? [])];
			}
		}
		return all;
	}

	hints(node: string): string[] {
		const runs = this.data.resultData.runData[node] ?? [];
		return runs.flatMap(({ hints = [] }) => hints.map(({ message }) => message));
	}

	errorOf(node: string): string | undefined {
		return this.data.resultData.runData[node]?.find(({ error }) => error)?.error?.message;
	}
}

/** Presses "Execute workflow" in the editor of this major, and waits for the end. */
export async function runInEditor(
	session: Session,
	major: Major,
	workflowId: string,
	trigger: string,
): Promise<Execution> {
	const workflowData = await session.call('GET', `/workflows/${workflowId}`);
	// The editor of 1.x sends the workflow along; that of 2.x has saved it before.
	const body = major === '1' ? { workflowData } : {};
	const started = z.object({ executionId: z.string() }).parse(
		await session.call('POST', `/workflows/${workflowId}/run`, {
			...body,
			triggerToStartFrom: { name: trigger },
		}),
	);
	return await finished(session, started.executionId);
}

/** Switches a workflow on, as the editor's "Activate" (1.x) or "Publish" (2.x) does. */
export async function activate(session: Session, workflowId: string): Promise<void> {
	const { versionId } = z
		.object({ versionId: z.string() })
		.parse(await session.call('GET', `/workflows/${workflowId}`));
	await session.call('POST', `/workflows/${workflowId}/activate`, { versionId });
}

/**
 * Waits until n8n answers at a webhook's or a form's address: 2.x registers it a moment after the
 * workflow was switched on. Nothing is started by it where the address takes POST.
 */
export async function untilRegistered(address: string): Promise<void> {
	const deadline = Date.now() + RUN_TIMEOUT;
	while (/is not registered\.|Problem loading form/.test(await (await fetch(address)).text())) {
		if (Date.now() > deadline) throw new Error(`${address} is not registered`);
		await wait(POLL_INTERVAL);
	}
}

/** Waits for an execution to end. */
export async function finished(session: Session, id: string): Promise<Execution> {
	const deadline = Date.now() + RUN_TIMEOUT;
	for (;;) {
		const found = executionSchema.parse(await session.call('GET', `/executions/${id}`));
		if (!GOING_ON.includes(found.status)) {
			const data = dataSchema.parse(unflatten(found.data));
			return new Execution(found.status, data, found.data, found.customData);
		}
		if (Date.now() > deadline) throw new Error(`Execution ${id} is still ${found.status}`);
		await wait(POLL_INTERVAL);
	}
}

/** The ids of a workflow's executions, newest first. */
export async function executionsOf(session: Session, workflowId: string): Promise<string[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const found = listSchema.parse(await session.call('GET', `/executions?filter=${filter}`));
	return found.results.map(({ id }) => id);
}

/** Waits until a workflow has had so many executions, all of them ended; oldest first. */
export async function untilExecuted(
	session: Session,
	workflowId: string,
	count: number,
	timeout = RUN_TIMEOUT,
): Promise<Execution[]> {
	const deadline = Date.now() + timeout;
	for (;;) {
		const ids = await executionsOf(session, workflowId);
		if (ids.length >= count) {
			return await Promise.all(ids.reverse().map((id) => finished(session, id)));
		}
		if (Date.now() > deadline) throw new Error(`${ids.length} executions instead of ${count}`);
		await wait(POLL_INTERVAL);
	}
}

/** What `n8n execute --rawOutput` printed: log lines, then the execution as JSON. */
export function readRawOutput(stdout: string): Execution {
	const start = stdout.search(/^\{$/m);
	const text = stdout.slice(start);
	const schema = z.object({ status: z.string(), data: dataSchema });
	const { status, data } = schema.parse(JSON.parse(text.slice(0, text.lastIndexOf('}') + 1)));
	return new Execution(status, data, text, {});
}

/**
 * n8n stores an execution as a flat list in which every string stands for a place in the list, so
 * that what occurs twice is stored once.
 */
function unflatten(text: string): unknown {
	const places = z.array(z.unknown()).parse(JSON.parse(text));
	const done = new Map<number, unknown>();
	const at = (index: number): unknown => {
		if (done.has(index)) return done.get(index);
		const place = places[index];
		if (typeof place !== 'object' || place === null) {
			done.set(index, place);
			return place;
		}
		const value: Record<string, unknown> | unknown[] = Array.isArray(place) ? [] : {};
		done.set(index, value);
		for (const [key, reference] of Object.entries(place)) {
			Object.assign(value, {
				[key]: typeof reference === 'string' ? at(Number(reference)) : reference,
			});
		}
		return value;
	};
	return at(0);
}
