/** A failure as n8n shows it: an item of the error output, the error of the node, or of a list. */
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { PartnerCenterError } from '../../../nodes/MicrosoftPartnerCenter/client/errors';
import {
	asListError,
	asNodeError,
	describeFailure,
	errorOutputJson,
} from '../../../nodes/MicrosoftPartnerCenter/n8n/nodeErrors';
import { FieldFaults } from '../../../nodes/MicrosoftPartnerCenter/n8n/parameters';
import { callContext } from '../../support/callContext';
import { executionContext, formContext } from '../../support/n8nContext';

const ids = { requestId: 'a', correlationId: 'b' };
const refused = (status: number, text = 'Customer not found') =>
	new PartnerCenterError({
		kind: 'refused',
		facts: { status, code: '600035', text },
		call: callContext({ ids }),
	});
const faults = new FieldFaults([{ label: 'Email', fault: 'is empty', fix: 'Map it.' }]);

describe('whatever is thrown', () => {
	it.each([
		[undefined, 'undefined'],
		[null, 'null'],
		['a text', 'a text'],
		[new TypeError('x is not a function'), 'x is not a function'],
	])('%p is put into words', (error, shown) => {
		expect(describeFailure(error).what).toBe(`This item could not be processed: ${shown}`);
		expect(describeFailure(error).advice).not.toBe('');
	});

	it('a fault of a field is told with its fix, and has no status', () => {
		expect(describeFailure(faults)).toEqual({ what: "'Email' is empty", advice: 'Map it.' });
	});

	it('a refusal of Partner Center keeps its status', () => {
		expect(describeFailure(refused(400))).toMatchObject({
			what: 'Partner Center did not accept a value',
			advice: expect.stringContaining('Customer not found'),
			status: 400,
		});
	});
});

it('an item of the error output has the two keys that n8n takes for an error, and no other', () => {
	const failure = { what: "'Email' is empty", advice: 'Map it.', status: 400 };
	expect(errorOutputJson(failure, 7)).toEqual({
		error: "'Email' is empty [Item 7]",
		message: 'Map it.',
	});
});

describe('the error that stops the node', () => {
	const context = executionContext();
	const asError = (error: unknown, progress = '') =>
		asNodeError(context, describeFailure(error), 3, progress);

	it('names the item, what to do, and what was done before', () => {
		const error = asError(faults, '2 customers were confirmed in this run.');
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: "'Email' is empty [Item 3]",
			description: 'Map it. 2 customers were confirmed in this run.',
			context: { itemIndex: 3 },
		});
	});

	it('is an error of the API with its status, where the API refused', () => {
		const error = asError(refused(403));
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({ httpCode: '403', context: { itemIndex: 3 } });
		expect(error.message).toMatch(/ \[Item 3\]$/);
	});

	it.each(['ENOTFOUND Ltd', 'ECONNREFUSED', 'EPIPE'])(
		'keeps its words, also where they hold "%s", a code that n8n has words of its own for',
		(name) => {
			const failure = { what: `'Company' is not known: "${name}"`, advice: `Look for ${name}.` };
			for (const told of [failure, { ...failure, status: 404 }]) {
				const error = asNodeError(context, told, 0, '');
				expect(error.message).toBe(`'Company' is not known: "${name}" [Item 0]`);
				expect(error.description).toBe(`Look for ${name}.`);
				expect(error.messages).toEqual([]);
			}
		},
	);
});

it('a list in the form shows what happened and what to do, in the same words and without an item', () => {
	const fault = { label: 'Company', fault: 'is not known: "ECONNREFUSED"', fix: 'Change EPIPE.' };
	const error = asListError(formContext(), new FieldFaults([fault]));
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error.message).toBe(`'Company' is not known: "ECONNREFUSED"`);
	expect(error.description).toBe('Change EPIPE.');
});
