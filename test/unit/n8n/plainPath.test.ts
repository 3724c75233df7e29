/** Which parameters are nothing but a path into their item, and what is read there. */
import {
	isSameReading,
	parsePlainPath,
	readPlainPath,
} from '../../../nodes/MicrosoftPartnerCenter/n8n/plainPath';

it.each([
	['={{ $json.email }}', ['email']],
	['={{$json.email}}', ['email']],
	['={{ $json["first name"] }}', ['first name']],
	["={{ $json['E-Mail'] }}", ['E-Mail']],
	['={{ $json.contact?.phone }}', ['contact', 'phone']],
	['={{ $json?.["contact"]?.phone }}', ['contact', 'phone']],
	['={{ $json.body.customer["id"] }}', ['body', 'customer', 'id']],
	['={{ $json["a.b"] }}', ['a.b']],
])('%s is a path', (parameter, path) => {
	expect(parsePlainPath(parameter)).toEqual(path);
});

it.each([
	...['email', '{{ $json.email }}', '= {{ $json.email }}', '={{ $json.email }} ', '={{ $json }}'],
	...['={{ $json.email }}{{ $json.email }}', '={{ $json.email.trim() }}', '={{ $json.list[0] }}'],
	...['={{ $json.a + 1 }}', '={{ $json.a || $json.b }}', '={{ $json.a; }}', '={{ !$json.a }}'],
	...['={{ $json["a\\n"] }}', '={{ $json[`a`] }}', '={{ $json["a"b"] }}', '={{ $json["}}"] }}'],
	...['={{ $json.a /* why */ }}', '={{ $node.json.a }}', '={{ $jsonx.a }}', '={{ $json. a }}'],
	...['={{ $json.constructor }}', '={{ $json["__proto__"] }}', '={{ $json.toString }}', ''],
	...[undefined, null, 7, { a: 1 }, ['={{ $json.a }}']],
	{ __rl: true, mode: '={{ $json.mode }}', value: '={{ $json.id }}' },
	{ __rl: true, mode: 'id', value: '={{ $json.id }}', more: { x: 1 } },
])('%j is n8n’s to evaluate', (parameter) => {
	expect(parsePlainPath(parameter)).toBeUndefined();
});

it.each([
	...['text', '', ' ', '=1', 7, 0, -1.5, true, false].map((value) => ({ value, isRead: true })),
	...[null, undefined, NaN, Infinity, -0, [], {}, new Date(0), () => 0, 7n].map((value) => ({
		value,
		isRead: false,
	})),
	...['\uD800', 'a\uDC00', 'a\0b', '\uFEFFa'].map((value) => ({ value, isRead: false })),
])('$value: read $isRead', ({ value, isRead }) => {
	const read = readPlainPath(['a', 'b'], '={{ $json.a.b }}', { a: { b: value } });
	expect(read).toEqual(isRead ? { value } : undefined);
});

it('only what an object has of its own, and as a plain property, is read', () => {
	class Contact {
		email = 'own';
	}
	const inherited = Object.create({ email: 'inherited' }) as object;
	const hidden = Object.defineProperty({}, 'email', { value: 'hidden' });
	const computed = { get email() { return 'computed'; } }; // prettier-ignore
	for (const json of [inherited, hidden, computed, new Contact(), ['x'], 'text', undefined]) {
		expect(readPlainPath(['email'], '', json)).toBeUndefined();
	}
	const bare = Object.assign(Object.create(null) as object, { email: 'bare' });
	expect(readPlainPath(['email'], '', bare)).toEqual({ value: 'bare' });
});

it('of a resource locator the value is read, and the rest stays', () => {
	const locator = { __rl: true, mode: 'id', value: '={{ $json.id }}', cachedResultName: 'Contoso' };
	expect(parsePlainPath(locator)).toEqual(['id']);
	expect(readPlainPath(['id'], locator, { id: 'x' })).toEqual({
		value: { __rl: true, mode: 'id', value: 'x', cachedResultName: 'Contoso' },
	});
});

it('readings differ by type, and by anything in a locator', () => {
	expect(isSameReading('7', 7)).toBe(false);
	expect(isSameReading('a', 'a')).toBe(true);
	const locator = { __rl: true, mode: 'id', value: 'x' };
	expect(isSameReading(locator, { ...locator })).toBe(true);
	expect(isSameReading(locator, { ...locator, mode: 'domain' })).toBe(false);
	expect(isSameReading(locator, { ...locator, cachedResultName: 'Contoso' })).toBe(false);
	expect(isSameReading('x', locator)).toBe(false);
});
