/** A choice is one of the list, as it is written there. */
import { oneOf } from '../../../nodes/MicrosoftPartnerCenter/fields/scalars';
import { fault, readWith } from '../../support/readWith';

const schema = oneOf(['One', 'Two']);

it('is one of the list', () => {
	expect(readWith(schema, 'Two')).toBe('Two');
});

it.each(['two', 'Three', '', undefined, ['Two']])('%j is refused, with the list', (value) => {
	expect(readWith(schema, value)).toEqual(fault('is not one of the choices'));
	expect(JSON.stringify(schema.safeParse(value).error)).toContain('Use One, Two.');
});
