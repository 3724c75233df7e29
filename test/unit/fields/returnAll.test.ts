/** Return All, Limit and Simplify take their defaults; a limit is one result at least. */
import {
	returnAllFields,
	simplifyField,
} from '../../../nodes/MicrosoftPartnerCenter/fields/returnAll';
import { fault, readWith } from '../../support/readWith';

const fields = { ...returnAllFields, simplify: simplifyField };

it.each(Object.entries(fields))('%s takes its default', (_, field) => {
	expect(readWith<unknown>(field, field.property.default)).toBe(field.property.default);
});

it('a limit of nothing is refused', () => {
	expect(readWith(returnAllFields.limit, 0)).toEqual(fault('is not a whole number in range'));
});
