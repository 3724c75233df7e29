/** The filters of the trigger: a name as Microsoft writes it, or nothing. */
import { auditFilters } from '../../../nodes/MicrosoftPartnerCenter/fields/auditFilters';
import { readWith } from '../../support/readWith';

describe.each(Object.entries(auditFilters))('%s', (_name, field) => {
	it.each([
		['create_order', 'create_order'],
		[' CreateOrder\u200B', 'CreateOrder'],
		[{ __rl: true, mode: 'list', value: 'order' }, 'order'],
		['', ''],
		[null, ''],
		[{ __rl: true, mode: 'name', value: '' }, ''],
	])('%j is %j', (value, expected) => {
		expect(readWith(field, value)).toEqual(expected);
	});

	it.each(['create order', 'a;b', '{{ $json.x }}', 7, ['order'], 'x'.repeat(81)])(
		'%j is refused',
		(value) => {
			expect(readWith(field, value)).toHaveProperty('fault');
		},
	);
});
