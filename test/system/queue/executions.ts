/** What n8n's database holds of the executions, read past n8n. */
import type { Pool } from 'pg';
import { z } from 'zod';

import { BRANCHES, CONFIRM, TRIGGER, type Branch } from '../../../dev/n8n/confirmWorkflow';

export interface Execution {
	id: string;
	/** n8n's word: new, running, success, error, crashed … */
	status: string;
	/** The execution that this one repeats. */
	retryOf: string | null;
	/** The call that started it; undefined where n8n has emptied the execution's data. */
	call: string | undefined;
	/** The customers on each output of the node, if it has run. */
	branches: Record<Branch, string[]>;
	/** What n8n says of an execution that did not end well. */
	message: string | undefined;
}

const rowSchema = z.object({
	id: z.coerce.string(),
	status: z.string(),
	retryOf: z.string().nullable(),
	data: z.string(),
});

const itemsSchema = z.array(z.object({ json: z.record(z.unknown()) }));
const runSchema = z.object({
	data: z.object({ main: z.array(itemsSchema.nullable()) }).optional(),
});
const dataSchema = z.object({
	resultData: z.object({
		runData: z.record(z.array(runSchema)),
		error: z.object({ message: z.string() }).optional(),
	}),
	executionData: z
		.object({ nodeExecutionStack: z.array(runSchema) })
		.optional()
		.transform((value) => value?.nodeExecutionStack ?? []),
});
const bodySchema = z.object({ body: z.object({ name: z.string() }) });

/** @param ids of the wanted ones; default all */
export async function readExecutions(database: Pool, ids?: string[]): Promise<Execution[]> {
	const { rows } = await database.query(
		`SELECT e.id, e.status, e."retryOf", d.data
		   FROM execution_entity e JOIN execution_data d ON d."executionId" = e.id
		  WHERE $1::int[] IS NULL OR e.id = ANY($1)
		  ORDER BY e.id`,
		[ids ?? null],
	);
	return z.array(rowSchema).parse(rows).map(asExecution);
}

/** How many executions wait for a worker, or are with one. */
export async function unfinished(database: Pool): Promise<number> {
	const { rowCount } = await database.query(
		"SELECT 1 FROM execution_entity WHERE status IN ('new', 'running')",
	);
	return rowCount ?? 0;
}

export async function countAll(database: Pool): Promise<number> {
	return (await database.query('SELECT 1 FROM execution_entity')).rowCount ?? 0;
}

function asExecution({ data: text, ...row }: z.infer<typeof rowSchema>): Execution {
	const { resultData, executionData } = dataSchema.parse(unflatten(text));
	const { runData, error } = resultData;
	// Before it runs, and after n8n has pieced a crashed one together, the input is in the stack alone.
	const received = [...(runData[TRIGGER] ?? []), ...executionData]
		.map(({ data }) => bodySchema.safeParse(data?.main[0]?.[0]?.json))
		.find(({ success }) => success);
	const outputs = runData[CONFIRM]?.at(-1)?.data?.main ?? [];
	const customersOn = (output: number) =>
		(outputs[output] ?? []).map(({ json }) => String(json.customerId));
	return {
		...row,
		call: received?.data?.body.name,
		branches: {
			Confirmed: customersOn(BRANCHES.indexOf('Confirmed')),
			'Already Exists': customersOn(BRANCHES.indexOf('Already Exists')),
			Error: customersOn(BRANCHES.indexOf('Error')),
		},
		message: error?.message,
	};
}

/**
 * n8n stores an execution as a flat list of values. The first is the whole; within a list or an
 * object, a text is the place in the list where the value stands.
 */
function unflatten(text: string): unknown {
	const values = z.array(z.unknown()).parse(JSON.parse(text));
	const at = (place: unknown): unknown =>
		typeof place === 'string' ? whole(values[Number(place)]) : whole(place);
	const whole = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(at);
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, place]) => [key, at(place)]));
	};
	return whole(values[0]);
}
