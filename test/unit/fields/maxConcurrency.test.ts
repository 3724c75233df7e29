/** What the form lets in is what is read, and the default is among it. */
import { maxConcurrencyField } from '../../../nodes/MicrosoftPartnerCenter/fields/maxConcurrency';
import { fault, readWith } from '../../support/readWith';

const { property } = maxConcurrencyField;
const read = (value: unknown) => readWith(maxConcurrencyField, value);

it('takes its default and its limits, and nothing beyond', () => {
	const { minValue = 0, maxValue = 0 } = property.typeOptions ?? {};
	for (const value of [property.default, minValue, maxValue]) expect(read(value)).toBe(value);
	for (const value of [minValue - 1, maxValue + 1]) {
		expect(read(value)).toEqual(fault('is not a whole number in range'));
	}
});
