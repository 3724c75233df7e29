/** A template is a GUID, or the current one. */
import { templateIdField } from '../../../nodes/MicrosoftPartnerCenter/fields/template';
import { fault, readWith } from '../../support/readWith';

it('an empty template ID is absent', () => {
	expect(readWith(templateIdField, '')).toBeUndefined();
});

it('what is no GUID is refused', () => {
	expect(readWith(templateIdField, 'v2')).toEqual(fault('is not a GUID'));
});
