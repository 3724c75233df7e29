/**
 * A sample workflow as `n8n execute` can run it: that command starts at a click and knows no pinned
 * items, so two nodes are put before the trigger, which hands on what it is given. The file's own
 * nodes stay as they are, and all of them do their work.
 */
import { z } from 'zod';

import type { ImportableWorkflow } from '../../../dev/n8n/sampleContent';
import { triggerOf } from './accounts';

const START = 'Start of the Run';
const ITEMS = 'Items of the Run';
/** What `headless` adds to a workflow. */
export const ADDED = [START, ITEMS];

const pinsSchema = z.record(z.array(z.record(z.unknown())));

/**
 * @param files binary data for every item that arrives, by the name of its property; `data` is base64
 */
export function headless(
	workflow: ImportableWorkflow,
	files?: Record<string, { data: string; mimeType: string; fileName: string }>,
): ImportableWorkflow {
	const trigger = triggerOf(workflow);
	const items = (pinsSchema.parse(workflow.pinData)[trigger] ?? []).map((item) =>
		files === undefined ? item : { ...item, binary: files },
	);
	const at = { position: [-600, 0], typeVersion: 1 };
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		...workflow,
		nodes: [
			{ ...at, id: 'start', name: START, type: 'n8n-nodes-base.manualTrigger', parameters: {} },
			{
				...at,
				id: 'items',
				name: ITEMS,
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				parameters: { jsCode: `return ${JSON.stringify(items)};` },
			},
			...workflow.nodes,
		],
		connections: { ...workflow.connections, [START]: to(ITEMS), [ITEMS]: to(trigger) },
	};
}
