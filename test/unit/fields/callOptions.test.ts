/** The options of every call: their defaults and limits, and an ID that splits no header. */
import {
	callOptionFields,
	readOptionFields,
} from '../../../nodes/MicrosoftPartnerCenter/fields/callOptions';
import { fault, readWith } from '../../support/readWith';

const { maxRetries, timeout, correlationId } = callOptionFields;

it.each([maxRetries, timeout])('takes its default and its limits', (field) => {
	const { property } = field;
	const { minValue = 0, maxValue = 0 } = property.typeOptions ?? {};
	for (const value of [property.default, minValue, maxValue]) {
		expect(readWith(field, value)).toBe(value);
	}
	for (const value of [minValue - 1, maxValue + 1]) {
		expect(readWith(field, value)).toEqual(fault('is not a whole number in range'));
	}
});

it('an empty correlation ID is absent', () => {
	expect(readWith(correlationId, ' ')).toBeUndefined();
});

it('a correlation ID that would split a header is refused', () => {
	expect(readWith(correlationId, 'x\r\nAuthorization: y')).toEqual(
		fault('holds a line break or another control character'),
	);
});

it('Max Concurrency is shown with them, and read elsewhere', () => {
	expect(readOptionFields.maxConcurrency).not.toHaveProperty('schema');
	expect(readOptionFields.maxConcurrency.collection?.name).toBe('options');
});
