/** The documented requests and answers, and builders for variations of them. */
import alreadyExists from '../../../support/fixtures/partner-center/agreement-already-exists.response.json';
import agreementDocument from '../../../support/fixtures/partner-center/agreement-document.response.json';
import cloudMetadata from '../../../support/fixtures/partner-center/agreement-metadata.cloud.response.json';
import mcaMetadata from '../../../support/fixtures/partner-center/agreement-metadata.mca.response.json';
import confirmRequest from '../../../support/fixtures/partner-center/confirm-agreement.request.json';
import confirmResponse from '../../../support/fixtures/partner-center/confirm-agreement.response.json';
import customerAgreements from '../../../support/fixtures/partner-center/customer-agreements.response.json';
import auditRecords from '../../../support/fixtures/partner-center/audit-records.response.json';
import customers from '../../../support/fixtures/partner-center/customers.response.json';
import directSignedStatus from '../../../support/fixtures/partner-center/direct-signed-status.response.json';
import rateLimited from '../../../support/fixtures/partner-center/rate-limited.response.json';

export const documented = {
	agreementDocument,
	alreadyExists,
	auditRecords,
	cloudMetadata,
	mcaMetadata,
	confirmRequest,
	confirmResponse,
	customerAgreements,
	customers,
	directSignedStatus,
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
