import fc from 'fast-check';

import { bodyFields } from '../../../nodes/MicrosoftPartnerCenter/fields/bodyFields';

const schema = bodyFields(['type', 'customerId', 'primaryContact']);

/** What the field was read as, or what is said of it. */
function read(value: unknown): unknown {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const issue = result.error.issues[0] as { message: string; params?: { fix?: string } };
	expect(issue.params?.fix).toMatch(/\w{3,}.*\.$/);
	return issue.message;
}

describe('Additional Body Fields', () => {
	it.each([undefined, null, '', '  \n', '{}', ' {} '])('%j adds nothing', (value) => {
		expect(read(value)).toEqual({});
	});

	it.each([
		['{"attestationId": "a1"}', { attestationId: 'a1' }],
		[
			'{"a": {"b": [1, null, {"c": true}]}, "d": "x:y,{"}',
			{ a: { b: [1, null, { c: true }] }, d: 'x:y,{' },
		],
		[{ attestationId: 'a1' }, { attestationId: 'a1' }],
		['{"a": {"type": "x"}, "b": {"a": 1}}', { a: { type: 'x' }, b: { a: 1 } }],
	])('%j is sent as it is', (value, fields) => {
		expect(read(value)).toEqual(fields);
	});

	it.each(['{', '{a: 1}', "{'a': 1}", '{"a": 1,}', 'attestationId=1', '{"a": 1} {"b": 2}'])(
		'%s is not valid JSON',
		(value) => expect(read(value)).toBe('is not valid JSON'),
	);

	it.each([
		['[]', 'a list'],
		[[{ a: 1 }], 'a list'],
		['"text"', 'text'],
		['7', 'a number'],
		[7, 'a number'],
		['true', 'a yes/no value'],
		['null', 'null'],
	])('%j is no object', (value, kind) => {
		expect(read(value)).toBe(`is ${kind}, not a JSON object`);
	});

	it.each([
		'{"a": 1, "a": 2}',
		'{"b": {"a": 1, "a": 2}}',
		'{"b": [{"a": 1, "a": 1}]}',
		'{"a": 1, "\\u0061": 2}',
	])('%s: a property that is there twice is refused, not chosen from', (value) => {
		expect(read(value)).toBe('has the property "a" twice');
	});

	it('the same name in two objects is not twice', () => {
		expect(read('{"a": {"x": 1}, "b": [{"x": 1}, {"x": 2}]}')).toMatchObject({ a: { x: 1 } });
	});

	it.each(['__proto__', 'constructor', 'prototype'])('"%s" is refused at any depth', (name) => {
		for (const value of [`{"${name}": {"a": 1}}`, `{"x": [{"${name}": 1}]}`]) {
			expect(read(value)).toBe(`may not have a property "${name}"`);
		}
		expect(read(JSON.parse(`{"x": {"${name}": 1}}`))).toBe(`may not have a property "${name}"`);
		expect(({} as { a?: unknown }).a).toBeUndefined();
	});

	it.each([
		'type',
		'Type',
		'TYPE',
		' type ',
		'customerId',
		'CustomerID',
		'primaryContact',
		'ｔｙｐｅ',
	])('"%s" is what the form fills in, whatever its case', (name) =>
		expect(read(JSON.stringify({ [name]: 'x' }))).toBe(`may not set "${name}"`),
	);

	it('"type" written with an escape is the same property', () => {
		expect(read('{"\\u0074ype": "MicrosoftCloudAgreement"}')).toBe('may not set "type"');
	});

	it('what has no form in JSON is refused in words', () => {
		const circle: Record<string, unknown> = {};
		circle.itself = circle;
		expect(read(circle)).toBe('is not valid JSON');
	});

	const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

	it('a hundred levels are sent, one more is refused, as text or as an object', () => {
		expect(read(nested(100))).toEqual(JSON.parse(nested(100)));
		for (const value of [nested(101), JSON.parse(nested(101)) as unknown, nested(20_000)]) {
			expect(read(value)).toBe('is nested more than 100 levels deep');
		}
	});

	it('an object that is too deep to be written as JSON is refused in words', () => {
		let value: Record<string, unknown> = {};
		for (let level = 0; level < 100_000; level += 1) value = { a: value };
		expect(read(value)).toBe('is too large or too deeply nested to be read');
	});

	it.each([
		['letters', 'x'.repeat(20_000_000)],
		['marks', '"\\'.repeat(5_000_000)],
	])('a text of millions of %s is sent, or refused in words', (_what, a) => {
		const result = read(JSON.stringify({ a }));
		if (result !== 'is too large or too deeply nested to be read') expect(result).toEqual({ a });
	});

	it('whatever comes, it is a plain object without what is taken, or words', () => {
		fc.assert(
			fc.property(fc.oneof(fc.json(), fc.string(), fc.object()), (value) => {
				const result = read(value);
				if (typeof result === 'string') return;
				const names = Object.keys(result as object).map((name) => name.toLowerCase());
				expect(names).not.toContain('type');
				expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
			}),
		);
	});
});
