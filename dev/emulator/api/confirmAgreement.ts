/**
 * `POST /v1/customers/{customer-tenant-id}/agreements`: the partner confirms that the customer
 * accepted. Source: confirm-customer-consent-customer-agreement on Microsoft Learn.
 */
import { attestationToFinish, requireLegacyConfirmation } from '../attestation/enhancedAttestation';
import { agreementCreated } from '../audit/recordedActs';
import type { Contact } from '../state';
import type { EmulatorContext } from '../EmulatorContext';
import { readAgreementRequest, type AgreementRequest } from './agreementRequest';
import { apiErrors } from './apiErrors';
import { requireCustomer, type Caller } from './gates';
import { onceByRequestId, type WriteAnswer, type WriteCall } from './replay';
import { shownContact } from './shownContact';

export interface ConfirmCall extends WriteCall {
	caller: Caller;
	customerId: string;
	correlationId: string;
}

/** Writes once per MS-RequestId and body; refusals are answers too, and are replayed as well. */
export function confirmAgreement(context: EmulatorContext, call: ConfirmCall): WriteAnswer {
	return onceByRequestId(context, call, () => write(context, call));
}

function write(context: EmulatorContext, call: ConfirmCall): WriteAnswer {
	const customer = requireCustomer(context, call.customerId);
	const attestation = attestationToFinish(context, customer, call.body);
	if (attestation === undefined) requireLegacyConfirmation(context);
	const request = readAgreementRequest(context, call.body);
	const primaryContact = contactOf(request);
	const { templateId, dateAgreed, type } = request;
	const userId = call.caller.oid;
	const agreement = { primaryContact, templateId, dateAgreed, type, userId };
	if (context.store.confirm(customer, agreement) === 'alreadyExists') {
		throw apiErrors.agreementExists(context.switches);
	}
	if (attestation !== undefined) attestation.isUsed = true;
	context.audit.add({
		...agreementCreated(customer, agreement),
		userPrincipalName: call.caller.userPrincipalName,
		applicationId: call.caller.applicationId,
		originalCorrelationId: call.correlationId,
	});
	const shown = shownContact(context, primaryContact);
	return {
		status: 201,
		body: { userId, primaryContact: shown, templateId, dateAgreed, type },
	};
}

function contactOf({ primaryContact }: AgreementRequest): Contact {
	const { firstName, lastName, email, phoneNumber } = primaryContact;
	return { firstName, lastName, email, ...(phoneNumber == null ? {} : { phoneNumber }) };
}
