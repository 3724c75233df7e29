/**
 * The reads about agreements: the templates there are, what the partner confirmed for a customer,
 * and whether the customer accepted by itself. The first two default to the old Cloud Agreement
 * when no type is asked for.
 * Sources: get-customer-agreement-metadata, get-confirmation-of-customer-agreement and
 * get-direct-sign-status-of-customer-agreement on Microsoft Learn.
 */
import { agreementTypeSchema, type AgreementType } from '../templates';
import type { Customer } from '../state';
import type { EmulatorContext } from '../EmulatorContext';
import { formatListedDate } from './agreementDates';
import { apiErrors } from './apiErrors';
import { linkTo } from './links';
import { spelledAs } from './requestBody';
import { shownContact } from './shownContact';

type WantedType = AgreementType | '*';

/** @throws ApiError 400 3000 for a type that does not exist. */
export function readAgreementType(query: URLSearchParams): WantedType {
	const asked = query.get('agreementType');
	if (asked === null || asked === '') return 'MicrosoftCloudAgreement';
	if (asked === '*') return '*';
	const known = agreementTypeSchema.safeParse(spelledAs(agreementTypeSchema, asked));
	if (!known.success) throw apiErrors.invalidProperty(['agreementType']);
	return known.data;
}

export function agreementMetadata(
	context: Pick<EmulatorContext, 'baseUrl' | 'switches' | 'store'>,
	wanted: WantedType,
): Record<string, unknown> {
	const items = context.store.state.templates
		.filter(({ agreementType }) => wanted === '*' || agreementType === wanted)
		.map(({ templateId, agreementType, agreementLink, versionRank }) => ({
			templateId,
			agreementType,
			agreementLink,
			versionRank,
		}));
	return {
		totalCount: items.length,
		items,
		// The documented Cloud Agreement answer has a self link, the Customer Agreement's has none.
		...(wanted === 'MicrosoftCustomerAgreement'
			? {}
			: { links: { self: linkTo(context, '/agreements') } }),
		attributes: { objectType: 'Collection' },
	};
}

/** @throws ApiError 404 600009 when there are none and the switch says so. */
export function customerAgreements(
	context: Pick<EmulatorContext, 'switches' | 'store'>,
	customer: Customer,
	wanted: WantedType,
): Record<string, unknown> {
	const items = customer.agreements
		.filter(({ type }) => wanted === '*' || type === wanted)
		.map(({ primaryContact, templateId, dateAgreed, type }) => ({
			primaryContact: shownContact(context, primaryContact),
			templateId,
			dateAgreed: formatListedDate(dateAgreed),
			type,
			agreementLink: context.store.template(templateId)?.agreementLink,
		}));
	if (items.length === 0 && context.switches.noAgreements === '600009') {
		throw apiErrors.noAgreements();
	}
	return { totalCount: items.length, items };
}

/** No date and no signer: it cannot tell an old signature from a current one. */
export function directSignedStatus({ directSigned }: Customer): Record<string, unknown> {
	return { isSigned: directSigned };
}
