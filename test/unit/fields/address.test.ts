/** The parts of an address: what has to be there, and a postal code that a spreadsheet made a number of. */
import {
	addressLine1Field,
	cityField,
	postalCodeField,
	stateField,
} from '../../../nodes/MicrosoftPartnerCenter/fields/address';
import { readWith } from '../../support/readWith';

it('street and city have to be there, and be no placeholders', () => {
	for (const field of [addressLine1Field, cityField]) {
		expect(readWith(field, ' 1 Microsoft Way\u00A0')).toEqual('1 Microsoft Way');
		expect(readWith(field, '')).toMatchObject({ fault: 'is empty' });
		expect(readWith(field, '{{ $json.street }}')).toHaveProperty('fault');
	}
});

it('state and postal code may be missing', () => {
	for (const field of [stateField, postalCodeField]) {
		expect(readWith(field, null)).toEqual('');
	}
});

it('a postal code may be a number', () => {
	expect(readWith(postalCodeField, 98_052)).toEqual('98052');
	expect(readWith(stateField, 98_052)).toHaveProperty('fault');
});
