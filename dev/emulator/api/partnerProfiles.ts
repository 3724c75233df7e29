/**
 * `GET /v1/profiles/legalbusiness` and `/v1/profiles/mpn`: who the partner is.
 * Sources: get-legal-business-profile and get-partner-by-mpn-id on Microsoft Learn. The partner is
 * FICTIONAL; an MPN id is known when it is the partner's own or an indirect reseller's.
 */
import type { EmulatorContext } from '../EmulatorContext';
import { apiErrors } from './apiErrors';
import { linkTo } from './links';

type ProfileContext = Pick<EmulatorContext, 'baseUrl' | 'switches' | 'store'>;

const PARTNER_MPN_ID = '4391507';
const CONTACT = { firstName: 'Gena', lastName: 'Soto', phoneNumber: '4255550100' };
const EMAIL = 'gena@lucernepublishing.example';
const ADDRESS = {
	country: 'US',
	city: 'Buffalo',
	state: 'NY',
	addressLine1: '123 Main Street',
	addressLine2: '',
	postalCode: '14201',
};

export function legalBusinessProfile(context: ProfileContext): Record<string, unknown> {
	const { firstName, lastName, phoneNumber } = CONTACT;
	return {
		companyName: 'Lucerne Publishing',
		address: { ...ADDRESS, ...CONTACT },
		primaryContact: { firstName, lastName, email: EMAIL, phoneNumber },
		companyApproverAddress: ADDRESS,
		companyApproverEmail: EMAIL,
		vettingStatus: 'authorized',
		vettingSubStatus: 'none',
		profileType: 'LegalBusinessProfile',
		links: { self: linkTo(context, '/profiles/legalbusiness') },
		attributes: { objectType: 'LegalBusinessProfile' },
	};
}

/** @param asked an MPN id; without one, the partner's own @throws ApiError 404 3000 */
export function mpnProfile(context: ProfileContext, asked: string | null): Record<string, unknown> {
	const mpnId = asked || PARTNER_MPN_ID;
	const known = context.store.state.indirectResellers.map((reseller) => reseller.mpnId);
	if (![PARTNER_MPN_ID, ...known].includes(mpnId)) throw apiErrors.unknownMpnId(mpnId);
	return {
		mpnId,
		profileType: 'MpnProfile',
		links: { self: linkTo(context, '/profiles/mpn') },
		attributes: { objectType: 'MpnProfile' },
	};
}
