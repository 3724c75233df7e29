/**
 * A workflow with several triggers tells a story: its parts are started one after the other, from the
 * top of the canvas down, and in between the customers do what they do at Microsoft.
 */
import Table from 'cli-table3';
import type { IDataObject, INode } from 'n8n-workflow';

import type { Emulator } from '../emulator/startEmulator';
import type { RunResult, WorkflowFile } from '../engine/runWorkflow';
import { isExecutable } from '../engine/workflowFile';
import { detailOf, itemsInOrder } from './report';

const IS_TRIGGER = /trigger$|\.webhook$/i;

/** The triggers that start something, from the top of the canvas down. */
export function partsOf({ nodes, connections }: WorkflowFile): INode[] {
	return nodes
		.filter((node) => isExecutable(node) && IS_TRIGGER.test(node.type) && connections[node.name])
		.sort((a, b) => a.position[1] - b.position[1]);
}

/** One thing that happened, for a person. */
export interface Step {
	/** The trigger's name, or `In between` for what customers do. */
	part: string;
	node: string;
	customer: string;
	what: string;
}

const IN_BETWEEN = 'In between';

/**
 * Every customer who was sent a link follows it: the relationship is accepted, and each agreement
 * that waits for an acceptance is accepted.
 */
export async function customersAct(
	emulator: Emulator,
	mailed: ReadonlySet<string>,
): Promise<Step[]> {
	const steps: Step[] = [];
	const state = (await (await fetch(`${emulator.baseUrl}/_emulator/state`)).json()) as {
		customers: Array<{ id: string; companyName: string; relationshipToPartner?: string }>;
	};
	for (const { id, companyName, relationshipToPartner } of state.customers) {
		if (relationshipToPartner !== 'none' || !mailed.has(companyName)) continue;
		await fetch(`${emulator.baseUrl}/_emulator/customers/${id}/relationship`, {
			method: 'PUT',
			body: JSON.stringify({ relationshipToPartner: 'reseller' }),
		});
		steps.push(inBetween(companyName, 'accepts the relationship'));
	}
	for (const { id, request, acceptedAt } of emulator.attestations) {
		if (acceptedAt !== undefined) continue;
		await fetch(`${emulator.baseUrl}/mca/?attestationid=${id}`, { method: 'POST' });
		steps.push(inBetween(request.companyName, 'opens the link, and accepts the agreement'));
	}
	return steps;
}

const inBetween = (customer: string, what: string): Step => ({
	part: IN_BETWEEN,
	node: 'At Microsoft',
	customer,
	what,
});

/** The companies that the items of a webhook, or the items themselves, are about. */
export function companiesIn(records: IDataObject[]): Set<string> {
	return new Set(
		records.flatMap((record) => {
			const { companyName } = { ...record, ...(record.body as IDataObject | undefined) };
			return typeof companyName === 'string' ? [companyName] : [];
		}),
	);
}

/** What one part of the workflow did, by the nodes that talk to Partner Center. */
export function stepsOf(result: RunResult, part: string, nodes: INode[]): Step[] {
	return nodes
		.filter(({ name }) => result.runData[name] !== undefined)
		.sort((a, b) => a.position[0] - b.position[0])
		.flatMap(({ name }) =>
			itemsInOrder(result, name).map(({ item, customer }) => ({
				part,
				node: name,
				customer,
				what: whatHappened(item.json),
			})),
		);
}

function whatHappened(json: Parameters<typeof detailOf>[0]): string {
	if ('mayOrder' in json) {
		if (json.mayOrder === true) return 'may order: yes';
		const answer = json.mayOrder === false ? 'no' : 'not known';
		return `may order: ${answer}, ${String(json.mayOrderReason)}`;
	}
	if ('statusCode' in json) return `answered with HTTP ${String(json.statusCode)}`;
	return detailOf(json).split('\n')[0] ?? '';
}

/** The story as a table. */
export function renderStory(steps: Step[], columns: number): string {
	const widths = [14, 22, 20];
	const rest = Math.max(30, columns - widths.reduce((sum, one) => sum + one, 0) - 5);
	const table = new Table({
		head: ['Started by', 'Node', 'Customer', 'What happened'],
		colWidths: [...widths, rest],
		style: { head: [], border: [] },
		wordWrap: true,
	});
	for (const { part, node, customer, what } of steps) table.push([part, node, customer, what]);
	return table.toString();
}
