/** A text that has to be there, and one that may be missing. How texts are judged is in text.test.ts. */
import { optionalText, requiredText } from '../../../nodes/MicrosoftPartnerCenter/fields/readText';
import { fault, readWith } from '../../support/readWith';

const [required, optional] = [requiredText('Map it.'), optionalText('Map it.')];

it('is cleaned', () => {
	expect(readWith(required, ' data\u200b ')).toBe('data');
	expect(readWith(optional, ' data\u200b ')).toBe('data');
});

it.each([undefined, null, '', ' \u200b'])('%j is empty', (value) => {
	expect(readWith(required, value)).toEqual(fault('is empty'));
	expect(readWith(optional, value)).toBe('');
});

it.each([
	[7, 'is a number, not text'],
	['{{name}}', 'holds a placeholder that was not filled in'],
])('%j is refused in both: %s', (value, words) => {
	expect(readWith(required, value)).toEqual(fault(words));
	expect(readWith(optional, value)).toEqual(fault(words));
});

it('is judged by the rules that it is given', () => {
	const odd = requiredText('Map it.', { faultOf: () => ({ fault: 'is odd' }) });
	expect(readWith(odd, 'x')).toEqual(fault('is odd'));
});
