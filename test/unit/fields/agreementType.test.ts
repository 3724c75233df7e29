/** The types that the form offers are the ones that are taken. */
import { agreementTypeField } from '../../../nodes/MicrosoftPartnerCenter/fields/agreementType';
import { fault, readWith } from '../../support/readWith';

const { property } = agreementTypeField;

it('takes each of them, and its own default', () => {
	const offered = (property.options ?? []).map((one) => ('value' in one ? one.value : one.name));
	expect(offered).toContain(property.default);
	for (const type of offered) expect(readWith(agreementTypeField, type)).toBe(type);
});

it('refuses any other', () => {
	expect(readWith(agreementTypeField, 'MicrosoftPartnerAgreement')).toEqual(
		fault('is not one of the choices'),
	);
});
