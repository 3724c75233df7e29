/** A domain as people copy it, and what is none. */
import { domainField, parseDomain } from '../../../nodes/MicrosoftPartnerCenter/fields/domain';
import { readWith } from '../../support/readWith';

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
	expect(parseDomain(`${'a'.repeat(250)}.com`)).toBeUndefined();
});
