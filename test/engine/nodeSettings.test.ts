/**
 * n8n's settings of a node, each with each: Always Output Data, Execute Once, Retry On Fail and
 * On Error. Whatever they are, what stands behind Confirmed never takes somebody for confirmed who
 * was not, nobody is confirmed twice, and every item is accounted for.
 */
import { WorkflowExecute } from 'n8n-core';
import type { IExecuteFunctions, INode, INodeExecutionData, INodeType } from 'n8n-workflow';

import { open } from './place';
import {
	agreementsOf,
	APP_CREDENTIAL,
	customerId,
	customers,
	json,
	loadAppOnlyCredentialType,
	loadCredentialType,
	loadNode,
	pairs,
	record,
	workflowAround,
	type NodeSettings,
	type Workplace,
} from './workplace';
import { runWorkflow } from '../../dev/engine/runWorkflow';

/** Marks the customer of `$('Customers').item` in a CRM, as a flow behind Confirmed would. */
class MarkCustomer implements INodeType {
	description = {
		displayName: 'Mark Customer',
		name: 'markCustomer',
		group: ['transform' as const],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main' as const],
		outputs: ['main' as const],
		properties: [
			{ displayName: 'Customer', name: 'customer', type: 'string' as const, default: '' },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const marked = this.getInputData().map((item, index) => ({
			json: {
				customer: this.getNodeParameter('customer', index) as string,
				own: item.json.customerId,
				outcome: item.json.outcome,
			},
			pairedItem: { item: index },
		}));
		return [marked];
	}
}

/** Trigger → our node → a node behind each output that marks the customer whom its item came from. */
async function run(
	{ credentials }: Workplace,
	input: INodeExecutionData[],
	settings: NodeSettings,
) {
	const workflow = workflowAround(settings);
	const marking = (one: INode): INode => ({
		...one,
		type: 'markCustomer',
		parameters: { customer: "={{ $('Customers').item.json.customerId }}" },
	});
	workflow.nodes = workflow.nodes.map((one) =>
		one.name.startsWith('Behind') ? marking(one) : one,
	);
	return await runWorkflow({
		workflow,
		nodeTypes: [loadNode(), new MarkCustomer()],
		credentialTypes: [loadCredentialType(), loadAppOnlyCredentialType()],
		credentials,
		input,
	});
}

const items = (...records: ReturnType<typeof record>[]): INodeExecutionData[] =>
	records.map((one) => ({ json: one }));

const isPlaceholder = ({ json: { outcome } }: INodeExecutionData): boolean =>
	outcome === 'nothingConfirmed';

/** Two customers of each outcome; all outcomes at once; nobody on Confirmed for three reasons. */
const OUTCOMES = {
	confirmed: [1, 2],
	exists: [3, 4],
	refused: [90, 91],
	unknown: [5, 6],
	all: [1, 3, 90, 5],
	none: [90, 3, 91],
};

const switches = [false, true];
const ON_ERROR = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
const MATRIX = Object.entries(OUTCOMES).flatMap(([outcome, numbers]) =>
	ON_ERROR.flatMap((onError) =>
		switches.flatMap((alwaysOutputData) =>
			switches.flatMap((executeOnce) =>
				switches.map((retryOnFail) => ({
					outcome,
					numbers,
					settings: { onError, alwaysOutputData, executeOnce, retryOnFail },
				})),
			),
		),
	),
);
const nameOf = ({ outcome, settings }: (typeof MATRIX)[number]): string => {
	const on = Object.entries(settings).filter(([, value]) => value === true);
	return [outcome, settings.onError, ...on.map(([setting]) => setting)].join(', ');
};

describe('behind Confirmed is only who was confirmed, nobody is lost, and nobody is confirmed twice', () => {
	it.each(MATRIX.map((cell) => [nameOf(cell), cell] as const))('%s', async (_name, cell) => {
		const { outcome, numbers, settings } = cell;
		const place = await open({ state: { customers: customers(6) } });
		const { emulator } = place;
		await place.run([record(3), record(4)]);
		emulator.faults.script(
			[5, 6].map((number) => ({
				match: { method: 'POST' as const, path: `${customerId(number)}/agreements` },
				what: 'reset-after-write' as const,
			})),
		);
		const records = numbers.map((number) => record(number));
		const result = await run(place, items(...records), {
			...settings,
			maxTries: 2,
			waitBetweenTries: 1,
			parameters: { options: { maxRetries: 0, maxConcurrency: 1 } },
		});
		const [confirmed = [], alreadyExists = [], errors = []] = result.outputs('Confirm');

		const isRecorded = (id: unknown) =>
			agreementsOf(emulator, String(id)) === 1 && ![3, 4].map(customerId).includes(String(id));
		// Nobody is confirmed twice.
		for (const one of emulator.state.customers) expect(one.agreements.length).toBeLessThan(2);

		// Who was marked behind Confirmed was confirmed by this run, and is who the item came from.
		for (const { customer: marked, own, outcome: said } of json(result.outputs('Behind 0')[0])) {
			if (settings.onError === 'continueRegularOutput' && said === 'failed') continue;
			expect(said).toBe('confirmed');
			expect(marked).toBe(own);
			expect(isRecorded(marked)).toBe(true);
		}
		for (const item of confirmed.filter((one) => !isPlaceholder(one))) {
			const isFailed = item.json.outcome === 'failed';
			expect(isFailed).toBe(isFailed && settings.onError === 'continueRegularOutput');
			if (!isFailed) expect(isRecorded(item.json.customerId)).toBe(true);
		}

		// Every item is somewhere, once.
		const given = settings.executeOnce ? [0] : records.map((_one, index) => index);
		const isStopped = result.runData.Confirm?.[0]?.executionStatus === 'error';
		if (isStopped) {
			expect(settings.onError).toBe('stopWorkflow');
			expect(result.error?.message).toMatch(/\[Item \d\]$/);
			expect(result.outputs('Behind 0')).toEqual([]);
		} else {
			const out = [...confirmed.filter((one) => !isPlaceholder(one)), ...alreadyExists, ...errors];
			expect(pairs(out).sort()).toEqual(given);
		}

		// Where Always Output Data puts an item on an empty Confirmed, what asks for its input stops.
		const placeholders = confirmed.filter(isPlaceholder);
		const isEmpty = confirmed.length === placeholders.length;
		expect(placeholders).toHaveLength(settings.alwaysOutputData && isEmpty && !isStopped ? 1 : 0);
		if (placeholders.length > 0) {
			expect(result.status).toBe('error');
			expect(result.runData['Behind 0']?.[0]?.executionStatus).toBe('error');
			expect(result.outputs('Behind 0').flat()).toEqual([]);
			expect(result.hints('Confirm').at(-1)?.message).toContain("'Always Output Data'");
		} else {
			expect(result.status).toBe(isStopped ? 'error' : 'success');
		}
		expect(outcome in OUTCOMES).toBe(true);
	});
});

describe('Always Output Data where n8n looks at every output first, as n8n 3 does (n8n#37055)', () => {
	const engine = WorkflowExecute.prototype as unknown as {
		ensureAlwaysOutputData?(data: INodeExecutionData[][] | null): INodeExecutionData[][] | null;
	};
	const { ensureAlwaysOutputData } = engine;
	beforeAll(() => {
		engine.ensureAlwaysOutputData = (data) =>
			data?.some((output) => output.length > 0) === true ? data : [[{ json: {} }]];
	});
	afterAll(() => {
		if (ensureAlwaysOutputData === undefined) delete engine.ensureAlwaysOutputData;
		else engine.ensureAlwaysOutputData = ensureAlwaysOutputData;
	});

	it.each(['none', 'exists', 'refused'] as const)('marks nobody: %s', async (outcome) => {
		const place = await open({ state: { customers: customers(6) } });
		await place.run([record(3), record(4)]);
		const records = OUTCOMES[outcome].map((number) => record(number));
		const result = await run(place, items(...records), {
			onError: 'continueErrorOutput',
			alwaysOutputData: true,
		});
		expect(json(result.outputs('Confirm')[0])).toEqual([{ outcome: 'nothingConfirmed' }]);
		expect(result.outputs('Behind 0').flat()).toEqual([]);
	});

	it('adds nothing where somebody was confirmed', async () => {
		const place = await open({ state: { customers: customers(1) } });
		const result = await run(place, items(record(1), record(90)), {
			onError: 'continueErrorOutput',
			alwaysOutputData: true,
		});
		expect(json(result.outputs('Confirm')[0])).toMatchObject([{ outcome: 'confirmed' }]);
		expect(result.status).toBe('success');
	});
});

describe('Always Output Data on Attestation → Create', () => {
	const settings = (onError: NodeSettings['onError']) => ({
		onError: onError ?? 'stopWorkflow',
		alwaysOutputData: true,
		credentials: APP_CREDENTIAL,
		parameters: {
			resource: 'attestation',
			operation: 'create',
			country: { __rl: true, mode: 'code', value: 'NL' },
			language: { __rl: true, mode: 'code', value: 'nl-NL' },
			companyName: '={{ $json.companyName }}',
			signatoryFirstName: 'Tania',
			signatoryLastName: 'Carr',
			additionalBodyFields: '{}',
			options: {},
		},
	});

	it('a refused one leads back to nobody', async () => {
		const place = await open({ attestation: 'preview' });
		const input = items(record(1, { companyName: '' }));
		const result = await run(place, input, settings('continueErrorOutput'));
		expect(json(result.outputs('Confirm')[0])).toEqual([{ outcome: 'nothingCreated' }]);
		expect(pairs(result.outputs('Confirm')[1])).toEqual([0]);
		expect(result.outputs('Behind 0').flat()).toEqual([]);
		expect(result.status).toBe('error');
	});

	it('one that was created leads back to its own', async () => {
		const place = await open({ attestation: 'preview' });
		const input = items(record(1, { companyName: '' }), record(2, { companyName: 'Contoso' }));
		const result = await run(place, input, settings('continueErrorOutput'));
		expect(pairs(result.outputs('Confirm')[0])).toEqual([1]);
		expect(json(result.outputs('Behind 0')[0])).toMatchObject([{ customer: customerId(2) }]);
	});
});
