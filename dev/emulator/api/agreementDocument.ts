/**
 * `GET /v1/agreementtemplates/{agreement-template-id}/document`: where the text of the Microsoft
 * Customer Agreement can be seen and downloaded, for some minutes.
 * Source: download-customer-agreement-template on Microsoft Learn.
 */
import {
	DEFAULT_COUNTRY,
	DEFAULT_LANGUAGE,
	documentLanguages,
} from '../documents/documentLanguages';
import type { EmulatorContext } from '../EmulatorContext';
import { apiErrors, type ApiError } from './apiErrors';

/** Template id and country are case-sensitive, by Microsoft's page. @throws ApiError 404 or 400 */
export function agreementDocument(
	context: Pick<EmulatorContext, 'switches' | 'store' | 'documents'>,
	templateId: string,
	query: URLSearchParams,
	/** The address under which the caller reached the emulator: its links lead to the same. */
	origin: string,
): Record<string, unknown> {
	const { switches } = context;
	if (context.store.template(templateId)?.agreementType !== 'MicrosoftCustomerAgreement') {
		throw unknown(switches.unknownTemplateStatus, 'agreement-template-id');
	}
	const country = query.get('country') || DEFAULT_COUNTRY;
	const offered = documentLanguages.get(country);
	if (offered === undefined) throw unknown(switches.unknownCountryStatus, 'country');
	const asked = query.get('language')?.toLowerCase();
	const language = offered.find((each) => each.toLowerCase() === asked) ?? DEFAULT_LANGUAGE;
	return { ...freshLinks(context, origin, language, country), language, country };
}

function freshLinks(
	context: Pick<EmulatorContext, 'switches' | 'documents'>,
	origin: string,
	language: string,
	country: string,
): Record<string, string> {
	const issuedAt = Date.now();
	const { id, signature } = context.documents.issue({ language, country, issuedAt });
	const expiry = new Date(issuedAt + context.switches.documentLinkLifetime * 1000);
	const grant = new URLSearchParams({
		sv: '2019-02-02',
		sr: 'b',
		sig: signature,
		se: expiry.toISOString().replace(/\.\d+/, ''),
		sp: 'r',
	});
	const uri = `${origin}/agreement-documents/${id}`;
	return {
		displayUri: `${uri}.html?${grant.toString()}`,
		downloadUri: `${uri}.docx?${grant.toString()}`,
	};
}

function unknown(status: 404 | 400, property: string): ApiError {
	return status === 404 ? apiErrors.notFound() : apiErrors.invalidProperty([property]);
}
