/** Which agreement stood in the way, and what counts as the same. */
import {
	findExisting,
	hasTidiedDuplicate,
	isDuplicate,
} from '../../../nodes/MicrosoftPartnerCenter/client/compareAgreements';
import { confirmRequestBody, listResponseBody } from '../../support/fixtures/documented';

describe('the existing agreement', () => {
	const [item] = listResponseBody.items;
	const at = (dateAgreed: string, change: object = {}) => ({
		...item,
		templateId: confirmRequestBody.templateId,
		dateAgreed,
		primaryContact: { ...confirmRequestBody.primaryContact, ...change },
	});

	it('is the newest one with the same contact, also where a newer one has another', () => {
		const wanted = at('2020-01-01T00:00:00');
		const all = [at('2019-01-01T00:00:00'), wanted, at('2024-01-01T00:00:00', { email: 'x@y.z' })];
		expect(findExisting(all, confirmRequestBody)).toEqual(wanted);
	});

	it('is else the newest of all, comparing dates with and without a zone', () => {
		const newest = at('2024-01-01T01:30:00', { firstName: 'tania' });
		const all = [at('2024-01-01T02:00:00+02:00', { lastName: 'CARR' }), newest];
		expect(findExisting(all, confirmRequestBody)).toEqual(newest);
	});

	it('a missing phone number equals an empty one', () => {
		const { firstName, lastName, email } = confirmRequestBody.primaryContact;
		const empty = at('2020-01-01T00:00:00', { phoneNumber: '' });
		const newer = at('2021-01-01T00:00:00', { phoneNumber: '1' });
		const wanted = { ...confirmRequestBody, primaryContact: { firstName, lastName, email } };
		expect(findExisting([empty, newer], wanted)).toEqual(empty);
	});

	it('is null when there is none', () => {
		expect(findExisting([], confirmRequestBody)).toBeNull();
	});
});

describe('agreements without a contact or a date', () => {
	const { templateId, primaryContact: contact } = confirmRequestBody;
	const undated = { templateId, primaryContact: { ...contact } };
	const empty = { templateId, dateAgreed: '2024-05-01T00:00:00Z', primaryContact: {} };
	const bare = { templateId, dateAgreed: '2025-05-01T00:00:00Z' };

	it('are no match for a contact, but are shown where there is no other', () => {
		expect(findExisting([empty, bare], confirmRequestBody)).toEqual(bare);
		expect(findExisting([bare, empty, undated], confirmRequestBody)).toEqual(undated);
		expect(findExisting([undated, { ...undated, dateAgreed: null }], confirmRequestBody)).toBe(
			undated,
		);
	});
});

describe('a duplicate', () => {
	const { templateId, primaryContact } = confirmRequestBody;
	const existing = (change: object = {}) => ({
		templateId,
		dateAgreed: '2024-01-01T00:00:00',
		primaryContact: { ...primaryContact, ...change },
	});

	it('has the same contact and template, whatever its date', () => {
		expect(isDuplicate(existing(), confirmRequestBody)).toBe(true);
		expect(
			isDuplicate({ ...existing(), templateId: templateId.toUpperCase() }, confirmRequestBody),
		).toBe(true);
		expect(isDuplicate({ ...existing(), templateId: 'another' }, confirmRequestBody)).toBe(false);
	});

	it('is not one with another case: Partner Center tells them apart', () => {
		const upper = existing({ email: primaryContact.email.toUpperCase() });
		expect(isDuplicate(upper, confirmRequestBody)).toBe(false);
		expect(hasTidiedDuplicate([upper], confirmRequestBody)).toBe(true);
	});
});
