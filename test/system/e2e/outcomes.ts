/**
 * What each sample workflow comes to on its pinned items and the emulator's customers, whichever way
 * it is started.
 */
import { sampleState } from '../../../dev/emulator/sampleCustomers';

/**
 * The workflows that several executions go through, or that need an n8n with Data Tables or a PSA:
 * their triggers, in the order of the story. They have tests of their own.
 */
export const LIFE_CYCLE: Record<string, string[]> = {
	'agreement-gap-halopsa.json': ['Every Monday'],
	'attestation-in-crm.json': ['Deal Won', 'Every Morning'],
	'attestation-deal-won.json': ['Deal Won', 'Every Morning'],
	'onboarding.json': ['Deal Won', 'Relationship Accepted', 'Every Morning'],
	'order-refused.json': ['Order Refused'],
};

/**
 * Those of n8n 1.x, too, that call the sub-workflow: they run in n8n, which finds it, once its ID is
 * in "Your Values".
 */
export const CALLERS = ['dynamics-365-won.json', 'salesforce-opportunity-won.json'];

/**
 * Those that call another workflow, are called by n8n itself, or are tools of an AI: one execution of
 * the file alone does not go through them. They have tests of their own.
 */
export const NOT_ALONE = [
	'agent-confirms-after-approval.json',
	'dynamics-365-dataverse.json',
	...CALLERS,
	'error-workflow.json',
	'mcp-agreement-status.json',
	'pipedrive-deal-won.json',
];

/** In n8n 1.x, these are missing, or older: a Data Table can't be found by its name, for instance. */
const OF_N8N_2 =
	/^(n8n-nodes-base\.(dataTable|microsoftDataverse|pipedrive|\w+HitlTool)$|@n8n\/n8n-nodes-langchain\.)/;

/** Whether a workflow has a node of n8n's own that n8n 1.x does not have like that. */
export const needsN8n2 = ({ nodes }: { nodes: Array<{ type: string }> }): boolean =>
	nodes.some(({ type }) => OF_N8N_2.test(type));

export interface Outcome {
	/** The customers on each branch of Confirm Agreement, in order. */
	confirmed: string[];
	alreadyExists: string[];
	/** What `error` begins with. */
	errors: string[];
}

export const idOf = (company: string): string =>
	sampleState.customers.find(({ companyName }) => companyName === company)?.id ?? company;

const outcome = (confirmed: string[], alreadyExists: string[], errors: string[]): Outcome => ({
	confirmed: confirmed.map(idOf),
	alreadyExists: alreadyExists.map(idOf),
	errors,
});

/** By file; the coverage report has no Confirm. */
export const OUTCOMES: Record<string, Outcome> = {
	'confirm-an-agreement.json': outcome(['Contoso'], ['Fabrikam'], ["'Email' is not"]),
	'confirm-customer-agreements.json': outcome(['Contoso'], ['Fabrikam'], ["'Email' is not"]),
	'dynamics-365-won.json': outcome(
		['Wide World Importers', 'Woodgrove Bank'],
		['Tailspin Toys'],
		["'Email' is empty"],
	),
	'hubspot-deal-won.json': outcome(['Contoso', 'Northwind Traders'], ['Fabrikam'], []),
	'reconfirm-campaign.json': outcome(
		['Humongous Insurance', "Margie's Travel", 'Trey Research'],
		['Litware'],
		['There is no reseller relationship', "'Date Agreed'"],
	),
	'salesforce-opportunity-won.json': outcome(
		['Proseware', 'Tailspin Toys'],
		['Adventure Works'],
		['There is no reseller relationship'],
	),
	'webhook-confirm.json': outcome(
		['Contoso'],
		['Litware'],
		['Partner Center does not know this customer'],
	),
};
