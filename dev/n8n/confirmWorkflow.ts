/** A webhook with customers, Confirm, and a node behind each branch: for n8n itself under load. */
import { importable, type ImportableWorkflow } from './sampleContent';
import { CONFIRM_FROM_RECORD } from './confirmFromRecord';

export const TRIGGER = 'Customers Accepted';
export const CONFIRM = 'Confirm Agreement';
export const BRANCHES = ['Confirmed', 'Already Exists', 'Error'] as const;
export type Branch = (typeof BRANCHES)[number];

/** Answers at once, "Workflow was started": for load. */
export const LOAD = workflow('queue-load', 'onReceived');
/** Answers with what the last node gave out. */
export const ANSWERED = workflow('queue-answered', 'lastNode');

function workflow(path: string, responseMode: 'onReceived' | 'lastNode'): ImportableWorkflow {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: `${path}-${name}`.replace(/[^a-z0-9]+/gi, '-').toLowerCase(),
		name,
		type,
		typeVersion,
		parameters,
		position: [0, 0],
	});
	const to = (...names: string[]) => names.map((name) => ({ node: name, type: 'main', index: 0 }));
	const webhook = {
		httpMethod: 'POST',
		path,
		responseMode,
		...(responseMode === 'lastNode' ? { responseData: 'allEntries' } : {}),
	};
	const content = {
		name: path,
		nodes: [
			{ ...node(TRIGGER, 'n8n-nodes-base.webhook', 2, webhook), webhookId: path },
			node('Split Out', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.customers' }),
			{
				...node(
					CONFIRM,
					'n8n-nodes-microsoft-partner-center.microsoftPartnerCenter',
					1,
					CONFIRM_FROM_RECORD,
				),
				onError: 'continueErrorOutput',
			},
			...BRANCHES.map((branch) => node(branch, 'n8n-nodes-base.noOp', 1, {})),
		],
		connections: {
			[TRIGGER]: { main: [to('Split Out')] },
			'Split Out': { main: [to(CONFIRM)] },
			[CONFIRM]: { main: BRANCHES.map((branch) => to(branch)) },
		},
		settings: { executionOrder: 'v1' },
	};
	return importable(content, path.replace(/[^a-z0-9]/g, ''));
}
