/** The name of a company may be a number and a sign, but not a placeholder. */
import { companyNameField } from '../../../nodes/MicrosoftPartnerCenter/fields/companyName';
import { fault, readWith } from '../../support/readWith';

const read = (value: unknown) => readWith(companyNameField, value);

it.each(['Contoso', '3M', '1&1', '山田'])('%s stays as it is', (name) => {
	expect(read(name)).toBe(name);
});

it.each([
	['', 'is empty'],
	['--', 'has no letter or digit'],
	['{{company.name}}', 'holds a placeholder that was not filled in'],
])('%j is refused: %s', (value, words) => {
	expect(read(value)).toEqual(fault(words));
});
