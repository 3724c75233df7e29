/** A value from a list of suggestions, or another one. */
import { locatedValue, suggesting } from '../../../nodes/MicrosoftPartnerCenter/fields/suggestions';

it('offers the list first, and a mode to enter what the list lacks', () => {
	const property = suggesting({
		displayName: 'Country',
		name: 'country',
		searchListMethod: 'searchCountries',
		entered: { displayName: 'By Code', name: 'code', placeholder: 'e.g. NL' },
	});
	expect(property).toMatchObject({
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{ name: 'list', typeOptions: { searchListMethod: 'searchCountries', searchable: true } },
			{ displayName: 'By Code', name: 'code', type: 'string', placeholder: 'e.g. NL' },
		],
	});
});

it.each([
	[{ __rl: true, mode: 'list', value: 'NL' }, 'NL'],
	[{ mode: 'code', value: '' }, ''],
	['NL', 'NL'],
	[7, 7],
	[null, null],
	[{ other: 1 }, { other: 1 }],
])('%j holds %j', (raw, value) => {
	expect(locatedValue(raw)).toEqual(value);
});
