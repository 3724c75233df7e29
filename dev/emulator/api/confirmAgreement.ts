/**
 * `POST /v1/customers/{customer-tenant-id}/agreements`: the partner confirms that the customer
 * accepted. Source: confirm-customer-consent-customer-agreement on Microsoft Learn.
 */
import { finishesAttestation, requireLegacyConfirmation } from '../attestation/enhancedAttestation';
import { agreementCreated } from '../audit/recordedActs';
import type { Contact } from '../state';
import type { World } from '../World';
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
export function confirmAgreement(world: World, call: ConfirmCall): WriteAnswer {
	return onceByRequestId(world, call, () => write(world, call));
}

function write(world: World, call: ConfirmCall): WriteAnswer {
	const customer = requireCustomer(world, call.customerId);
	if (!finishesAttestation(world, call.body)) requireLegacyConfirmation(world);
	const request = readAgreementRequest(call.body, world.store);
	const primaryContact = contactOf(request);
	const { templateId, dateAgreed, type } = request;
	const userId = call.caller.oid;
	// The template decides the stored type (github.com/microsoft/Partner-Center-Java, issue 86).
	const storedType = world.store.template(templateId)?.agreementType ?? type;
	const agreement = { primaryContact, templateId, dateAgreed, type: storedType, userId };
	if (world.store.confirm(customer, agreement) === 'alreadyExists') {
		throw apiErrors.agreementExists(world.switches);
	}
	world.audit.add({
		...agreementCreated(customer, agreement),
		userPrincipalName: call.caller.userPrincipalName,
		applicationId: call.caller.applicationId,
		originalCorrelationId: call.correlationId,
	});
	const shown = shownContact(world, primaryContact);
	return {
		status: 201,
		body: { userId, primaryContact: shown, templateId, dateAgreed, type },
	};
}

function contactOf({ primaryContact }: AgreementRequest): Contact {
	const { firstName, lastName, email, phoneNumber } = primaryContact;
	return { firstName, lastName, email, ...(phoneNumber == null ? {} : { phoneNumber }) };
}
