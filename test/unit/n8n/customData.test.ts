/** What a run adds to its execution's data, in n8n's of both shapes, and in those that have neither. */
import {
	recordRun,
	traceOf,
	type ItemTrace,
} from '../../../nodes/MicrosoftPartnerCenter/n8n/customData';
import { executionContext } from '../../support/n8nContext';

const CUSTOMER = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
const OTHER = '24876998-c0dc-46e6-9d0c-65a57a6c32ec';

function store(values: Record<string, string> = {}) {
	return {
		values,
		get: (key: string) => values[key],
		set: (key: string, value: string) => {
			values[key] = value;
		},
	};
}

/** An execution: its id, and what n8n keeps with it and hands on to a repeat. */
function execution(parts: object = {}, contexts: Record<string, object> = {}) {
	return executionContext({
		getExecutionId: () => '1',
		getContext: (of: string) => (contexts[of] ??= {}),
		evaluateExpression: () => 0,
		...parts,
	});
}

const trace = (item: number, json: object) => traceOf(item, json as Record<string, string>);
const confirmed = (item = 0, customerId = CUSTOMER) =>
	trace(item, { outcome: 'confirmed', customerId });
const failed = (item = 0, customerId?: string) => trace(item, { outcome: 'failed', customerId });
const record = (context: ReturnType<typeof execution>, ...traces: ItemTrace[]) =>
	recordRun(context, () => traces);

it('a second node, or a second round, adds to what the first one left', () => {
	const customData = store();
	const context = execution({ customData });
	record(context, confirmed());
	record(context, confirmed(0, OTHER), confirmed(1), failed(2));
	expect(customData.values).toEqual({
		partnerCenterCustomerId: `${CUSTOMER}, ${OTHER}`,
		partnerCenterConfirmed: '3',
		partnerCenterFailed: '1',
	});
});

it('n8n 1.x has it where expressions find it', () => {
	const customData = store();
	const context = execution({ getWorkflowDataProxy: () => ({ $execution: { customData } }) });
	record(context, confirmed());
	expect(customData.values.partnerCenterConfirmed).toBe('1');
});

it('a list that was too long once stays so: the six that follow are not all', () => {
	const customData = store();
	const context = execution({ customData });
	const ids = Array.from({ length: 7 }, (_, n) => CUSTOMER.replace('1', String(n + 1)));
	record(context, ...ids.map((id, item) => confirmed(item, id)));
	record(context, confirmed());
	expect(customData.values.partnerCenterCustomerId).toBe('more than 6');
});

it('who failed is asked for only while it can be shown: n8n has to evaluate it', () => {
	const asked: number[] = [];
	const traces = Array.from({ length: 50 }, (_, item) => ({
		item,
		outcome: 'failed',
		customerId: () => {
			asked.push(item);
			return `${String(item).padStart(8, '0')}${CUSTOMER.slice(8)}`;
		},
	}));
	recordRun(execution({ customData: store() }), () => traces);
	expect(asked).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

describe('Retry On Fail', () => {
	const getNode = () => ({ retryOnFail: true });

	it('each run of a loop adds up, and an item that is tried again counts once', () => {
		const customData = store();
		let round = 0;
		const context = execution({ customData, getNode, evaluateExpression: () => round });
		record(context, confirmed(0), failed(1, OTHER));
		record(context, confirmed(0), confirmed(1, OTHER));
		round = 1;
		record(context, confirmed(0), failed(1));
		record(context, confirmed(0), confirmed(1));
		expect(customData.values).toEqual({
			partnerCenterCustomerId: `${CUSTOMER}, ${OTHER}`,
			partnerCenterConfirmed: '4',
			partnerCenterFailed: '0',
		});
	});

	it('what was confirmed stays so where a later try reaches less, or nothing', () => {
		const customData = store();
		const context = execution({ customData, getNode });
		record(context, confirmed(0), failed(1));
		record(context);
		record(context, failed(0));
		expect(customData.values).toMatchObject({
			partnerCenterConfirmed: '1',
			partnerCenterFailed: '1',
		});
	});
});

it("n8n's own repeat of an execution that failed counts anew", () => {
	const customData = store();
	const contexts = {};
	record(execution({ customData }, contexts), confirmed(0), failed(1));
	const repeat = execution({ customData, getExecutionId: () => '2' }, contexts);
	record(repeat, trace(0, { outcome: 'alreadyExists' }), confirmed(1, OTHER));
	record(repeat, confirmed(0, OTHER));
	expect(customData.values).toEqual({
		partnerCenterCustomerId: OTHER,
		partnerCenterConfirmed: '2',
		partnerCenterAlreadyExists: '1',
		partnerCenterFailed: '0',
	});
});

it.each([
	['nothing of the kind', {}],
	['no data proxy', { getWorkflowDataProxy: undefined }],
	['an expression without it', { getWorkflowDataProxy: () => ({ $execution: {} }) }],
	[
		'a store that refuses',
		{
			customData: {
				get: () => undefined,
				set: () => {
					throw new Error('no');
				},
			},
		},
	],
])('an n8n with %s runs the items all the same', (_, parts) => {
	expect(() => record(execution(parts), confirmed())).not.toThrow();
});

it('a trace that can’t be read is no failure of the run', () => {
	const tracesOf = () => {
		throw new Error('no');
	};
	expect(() => recordRun(execution({ customData: store() }), tracesOf)).not.toThrow();
});

describe('the trace of the node', () => {
	const called = (item: number, requestId: string) =>
		trace(item, { outcome: 'confirmed', requestId, correlationId: 'c' });

	it('has the ids of the one call, and of several the one that they share', () => {
		const setMetadata = jest.fn();
		const context = execution({ customData: store(), setMetadata });
		record(context, called(0, 'r'));
		record(context, called(0, 'r'), called(1, 's'));
		expect(setMetadata.mock.calls).toEqual([
			[{ tracing: { 'MS-RequestId': 'r', 'MS-CorrelationId': 'c' } }],
			[{ tracing: { 'MS-CorrelationId': 'c' } }],
		]);
	});

	it('has none in an n8n that would keep them for nobody', () => {
		const setMetadata = jest.fn();
		const $execution = { customData: store() };
		const context = execution({ setMetadata, getWorkflowDataProxy: () => ({ $execution }) });
		record(context, called(0, 'r'));
		expect(setMetadata).not.toHaveBeenCalled();
	});
});

it('only a GUID is a customer, and nothing else of an item is kept', () => {
	const customData = store();
	const context = execution({ customData });
	const primaryContact = { firstName: 'Tania', email: 'someone@example.com' };
	record(context, trace(0, { customerId: 'Tania Carr', outcome: 'confirmed', primaryContact }));
	expect(customData.values).toEqual({ partnerCenterConfirmed: '1' });
	record(context, confirmed(1, `{${CUSTOMER.toUpperCase()}}`), trace(2, { outcome: 7 }));
	expect(customData.values).toEqual({
		partnerCenterCustomerId: CUSTOMER,
		partnerCenterConfirmed: '2',
	});
	const { customerId, ...kept } = trace(0, { outcome: 'confirmed', primaryContact });
	expect([kept, customerId()]).toEqual([{ item: 0, outcome: 'confirmed' }, undefined]);
});
