/** A domain as people copy it, and what is none. */
import { domainField } from '../../../nodes/MicrosoftPartnerCenter/fields/domain';
import { fault, readWith } from '../../support/readWith';

it.each([
	['contoso.com', 'contoso.com'],
	[' Contoso.OnMicrosoft.com ', 'contoso.onmicrosoft.com'],
	['contoso.com\u200B', 'contoso.com'],
	['Müller.example', 'müller.example'],
])('%j is %j', (value, expected) => {
	expect(readWith(domainField, value)).toEqual(expected);
});

it.each(['', null, 'contoso', 'https://contoso.com', 'someone@contoso.com', 'a..b', 7])(
	'%j is refused',
	(value) => {
		expect(readWith(domainField, value)).toHaveProperty('fault');
	},
);

it('no domain is longer than 253 characters', () => {
	const [longest, longer] = [`${'a'.repeat(249)}.com`, `${'a'.repeat(250)}.com`];
	expect(readWith(domainField, longest)).toBe(longest);
	expect(readWith(domainField, longer)).toEqual(fault('is not a domain'));
});
