/** What a run adds to its execution's data, in n8n's of both shapes, and in those that have neither. */
import { recordRun, traceOf } from '../../../nodes/MicrosoftPartnerCenter/n8n/customData';
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

const confirmed = (customerId = CUSTOMER) => ({ outcome: 'confirmed', customerId });

it('a second node, or a second round, adds to what the first one left', () => {
	const customData = store();
	const context = executionContext({ customData });
	recordRun(context, [confirmed()]);
	recordRun(context, [confirmed(OTHER), confirmed(), { outcome: 'failed' }]);
	expect(customData.values).toEqual({
		partnerCenterCustomerId: `${CUSTOMER}, ${OTHER}`,
		partnerCenterConfirmed: '3',
		partnerCenterFailed: '1',
	});
});

it('a list that was too long once stays so: the six that follow are not all', () => {
	const customData = store({ partnerCenterCustomerId: 'more than 6' });
	recordRun(executionContext({ customData }), [confirmed()]);
	expect(customData.values.partnerCenterCustomerId).toBe('more than 6');
});

it('with Retry On Fail each run of a loop adds up, and each try of a run takes the place of the last', () => {
	const customData = store();
	const kept = {};
	let round = 0;
	const context = executionContext({
		customData,
		getNode: () => ({ retryOnFail: true }),
		getContext: () => kept,
		evaluateExpression: () => round,
	});
	recordRun(context, [confirmed(), { outcome: 'failed', customerId: OTHER }]);
	recordRun(context, [confirmed(), confirmed(OTHER)]);
	round = 1;
	recordRun(context, [confirmed(), { outcome: 'failed' }]);
	recordRun(context, [confirmed(), confirmed()]);
	expect(customData.values).toEqual({
		partnerCenterCustomerId: `${CUSTOMER}, ${OTHER}`,
		partnerCenterConfirmed: '4',
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
	expect(() => recordRun(executionContext(parts), [confirmed()])).not.toThrow();
});

it('only a GUID is a customer, and nothing else of an item is kept', () => {
	const json = {
		customerId: `{${CUSTOMER.toUpperCase()}}`,
		outcome: 'confirmed',
		primaryContact: { firstName: 'Tania', email: 'someone@example.com' },
		requestId: 'r',
		correlationId: 'c',
	};
	expect(traceOf(json)).toEqual({
		customerId: CUSTOMER,
		outcome: 'confirmed',
		requestId: 'r',
		correlationId: 'c',
	});
	expect(traceOf({ ...json, customerId: 'Tania Carr', outcome: 7 })).toEqual({
		requestId: 'r',
		correlationId: 'c',
	});
});
