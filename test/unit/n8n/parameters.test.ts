/** An item's fields: each read and checked, and what is wrong named by its label. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { emailField } from '../../../nodes/MicrosoftPartnerCenter/fields/contact';
import { customerField } from '../../../nodes/MicrosoftPartnerCenter/fields/customer';
import type { Field } from '../../../nodes/MicrosoftPartnerCenter/fields/field';
import { inCollection, OPTIONS } from '../../../nodes/MicrosoftPartnerCenter/fields/form';
import { readFields } from '../../../nodes/MicrosoftPartnerCenter/n8n/parameters';
import { executionContext } from '../../support/n8nContext';

const plainEmail: Field<string> = { property: emailField.property, schema: z.string() };
const read = (getNodeParameter: () => unknown, field: Field = plainEmail) =>
	readFields(executionContext({ getNodeParameter }), 0, { field });

describe('a field', () => {
	const throwing = (error: unknown) => () => {
		throw error;
	};

	it.each([
		[new Error('Referenced node is unexecuted'), '"Referenced node is unexecuted"'],
		['no such node', '"unknown"'],
	])('whose expression throws %p is named with the reason', (error, reason) => {
		expect(() => read(throwing(error))).toThrow(
			`'Email' has an expression that could not be evaluated (${reason})`,
		);
	});

	it('that a schema without words of its own refuses still has a next step', () => {
		const attempt = () => read(() => 5);
		expect(attempt).toThrow(/'Email' .+: 5/);
		expect(attempt).toThrow(expect.objectContaining({ advice: 'Change its value.' }));
	});

	it('that holds what can’t be shown is named without it', () => {
		const endless: Record<string, unknown> = {};
		endless.self = endless;
		expect(() => read(() => endless)).toThrow(/^'Email' [^{]+$/);
		expect(() => read(() => () => 0)).toThrow(/^'Email' [^{]+$/);
	});

	it('is quoted with 80 characters of its value at most', () => {
		const value = { note: 'x'.repeat(500) };
		expect(() => read(() => value)).toThrow(/^'Email' [^{]+: .{80}…$/);
	});

	it.each([
		['', 'is empty'],
		[7, 'is a number, not text'],
		['contoso', 'is not a domain'],
	])('for a customer by domain that holds %p: %s', (value, fault) => {
		const locator = { __rl: true, mode: 'domain', value };
		expect(() => read(() => locator, customerField)).toThrow(`'Customer' ${fault}`);
	});

	it('of a list is quoted by its value, not by the object around it', () => {
		const locator = { __rl: true, mode: 'id', value: 'contoso' };
		expect(() => read(() => locator)).toThrow(/: "contoso"$/);
	});
});

/** A node whose parameters are these; n8n's expressions are given as functions of the item. */
function node(parameters: Record<string, unknown>) {
	const resolved: string[] = [];
	const getNodeParameter: IExecuteFunctions['getNodeParameter'] = (
		name: string,
		item: number,
		fallback?: unknown,
		options?: { rawExpressions?: boolean },
	) => {
		const value = name in parameters ? parameters[name] : fallback;
		if (options?.rawExpressions === true) {
			if (typeof value === 'function') return '={{ $json.email }}';
			return value as never;
		}
		resolved.push(`${name} of item ${item}`);
		return typeof value === 'function' ? value(item) : value;
	};
	return { context: executionContext({ getNodeParameter }), resolved };
}

const dryRunField: Field<boolean> = {
	property: { displayName: 'Dry Run', name: 'dryRun', type: 'boolean', default: false },
	schema: z.boolean(),
};
const fields = {
	email: { property: emailField.property, schema: z.string().min(1, 'is empty') },
	...inCollection(OPTIONS, { dryRun: dryRunField }),
};

describe('the fields of an item', () => {
	it('may be read by the time zone of the workflow', () => {
		const getTimezone = () => 'Asia/Tokyo';
		const zoneField: Field<string> = {
			property: emailField.property,
			schema: (workflow) => z.unknown().transform(() => workflow.getTimezone()),
		};
		const context = executionContext({ getNodeParameter: () => '', getTimezone });
		expect(readFields(context, 0, { zone: zoneField })).toEqual({ zone: 'Asia/Tokyo' });
	});

	it('come out by their keys; one that was not added holds its default', () => {
		const { context } = node({ email: 'someone@example.com' });
		expect(readFields(context, 0, fields)).toEqual({
			email: 'someone@example.com',
			dryRun: false,
		});
	});

	it('are all named that are wrong, and a next step that they share is said once', () => {
		const { context } = node({ email: '', 'options.dryRun': 'maybe' });
		expect(() => readFields(context, 0, fields)).toThrow(
			expect.objectContaining({
				message: expect.stringMatching(/^'Email' is empty; 'Dry Run' .+: "maybe"$/),
				advice: 'Change its value.',
				faults: [
					expect.objectContaining({ label: 'Email' }),
					expect.objectContaining({ label: 'Dry Run' }),
				],
			}),
		);
	});

	it('are resolved once for all items where they hold no expression', () => {
		const { context, resolved } = node({ email: 'someone@example.com' });
		for (const item of [0, 1, 2]) readFields(context, item, fields);
		expect(resolved).toEqual(['email of item 0', 'options.dryRun of item 0']);
	});

	it('are resolved for each item where they hold one', () => {
		const { context } = node({ email: (item: number) => `person${item}@example.com` });
		const emails = [0, 1, 2].map((item) => readFields(context, item, fields).email);
		expect(emails).toEqual(['person0@example.com', 'person1@example.com', 'person2@example.com']);
	});

	it('hold an expression also where it stands deep in an object', () => {
		const values = [{ id: 'a' }, { id: 'b' }];
		const parameter = { __rl: true, more: [{ value: '={{ $json.id }}' }] };
		const getNodeParameter = (_name: string, at: number, _fallback: unknown, raw?: unknown) =>
			raw === undefined ? values[at] : parameter;
		const context = executionContext({ getNodeParameter });
		const customer: Field = { property: customerField.property, schema: z.any() };
		const seen = values.map((_value, at) => readFields(context, at, { customer }).customer);
		expect(seen).toEqual(values);
	});

	it('are resolved anew where n8n holds another parameter', () => {
		const parameters = { email: 'one@example.com' };
		const { context } = node(parameters);
		expect(readFields(context, 0, fields).email).toBe('one@example.com');
		parameters.email = 'other@example.com';
		expect(readFields(context, 1, fields).email).toBe('other@example.com');
	});

	it('of one execution are not those of another', () => {
		const one = node({ email: 'one@example.com' });
		const other = node({ email: 'other@example.com' });
		expect(readFields(one.context, 0, fields).email).toBe('one@example.com');
		expect(readFields(other.context, 0, fields).email).toBe('other@example.com');
	});
});

describe('a field that is nothing but a path into its item', () => {
	/** n8n answers with what `evaluate` makes of the item, and counts how often it is asked. */
	function contextOf(items: object[], evaluate: (item: number) => unknown) {
		const asked: number[] = [];
		const context = executionContext({
			getInputData: () => items.map((json) => ({ json })),
			getNodeParameter: (_: string, item: number, __: unknown, options?: object) => {
				if (options !== undefined) return '={{ $json.email }}';
				asked.push(item);
				return evaluate(item);
			},
		});
		return { asked, readAll: () => items.map((__, item) => fieldOf(context, item)) };
	}
	const anything: Field = { property: emailField.property, schema: z.unknown() };
	const fieldOf = (context: IExecuteFunctions, item: number) =>
		readFields(context, item, { anything }).anything;
	const items = ['a', 'b', 'c'].map((email) => ({ email }));

	it('is evaluated by n8n for the first item, and read from the others', () => {
		const { asked, readAll } = contextOf(items, (item) => items[item]?.email);
		expect(readAll()).toEqual(['a', 'b', 'c']);
		expect(asked).toEqual([0]);
	});

	it('is evaluated for every item where n8n says something else of the first', () => {
		const { asked, readAll } = contextOf(items, (item) => `n8n's ${item}`);
		expect(readAll()).toEqual(["n8n's 0", "n8n's 1", "n8n's 2"]);
		expect(asked).toEqual([0, 1, 2]);
	});

	it('is not trusted by an item that has nothing there, and evaluated for each such item', () => {
		const some = [{}, { email: 'b' }, { email: null }, { email: 'd' }];
		const { asked, readAll } = contextOf(some, (item) => (some[item] as { email?: unknown }).email);
		expect(readAll()).toEqual([undefined, 'b', null, 'd']);
		expect(asked).toEqual([0, 1, 2]);
	});

	it('whose evaluation fails for the first item is evaluated for the second', () => {
		const { asked, readAll } = contextOf(items, (item) => {
			if (item === 0) throw new Error('no');
			return items[item]?.email;
		});
		expect(() => readAll()).toThrow('could not be evaluated');
		expect(asked).toEqual([0]);
	});
});
