/** The documented requests and answers, and builders for variations of them. */
import alreadyExists from '../../fixtures/partner-center/agreement-already-exists.response.json';
import cloudMetadata from '../../fixtures/partner-center/agreement-metadata.cloud.response.json';
import mcaMetadata from '../../fixtures/partner-center/agreement-metadata.mca.response.json';
import confirmRequest from '../../fixtures/partner-center/confirm-agreement.request.json';
import confirmResponse from '../../fixtures/partner-center/confirm-agreement.response.json';
import customerAgreements from '../../fixtures/partner-center/customer-agreements.response.json';
import rateLimited from '../../fixtures/partner-center/rate-limited.response.json';

export const documented = {
	alreadyExists,
	cloudMetadata,
	mcaMetadata,
	confirmRequest,
	confirmResponse,
	customerAgreements,
	rateLimited,
};

type Contact = Partial<Record<keyof typeof confirmRequest.primaryContact, unknown>>;

/** The documented request with another contact; a property set to undefined is absent. */
export function requestWithContact(contact: Contact): Record<string, unknown> {
	return {
		...confirmRequest,
		primaryContact: { ...confirmRequest.primaryContact, ...contact },
	};
}

/** The documented request with other properties; one set to undefined is absent. */
export function requestWith(properties: Record<string, unknown>): Record<string, unknown> {
	return { ...confirmRequest, ...properties };
}
