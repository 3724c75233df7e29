/**
 * `POST /v1/customers/{customer-tenant-id}/agreements`: the partner confirms that the customer
 * accepted. Source: confirm-customer-consent-customer-agreement on Microsoft Learn.
 */
import { agreementCreated } from '../audit/recordedActs';
import type { Contact } from '../state';
import type { World } from '../World';
import { readAgreementRequest, type AgreementRequest } from './agreementRequest';
import { ApiError, apiErrors } from './apiErrors';
import { requireCustomer, type Caller } from './gates';
import type { WriteAnswer } from './replay';

export interface ConfirmCall {
	caller: Caller;
	customerId: string;
	path: string;
	/** The body exactly as received. */
	body: string;
	requestId: string | undefined;
	correlationId: string;
}

/** Writes once per MS-RequestId and body; refusals are answers too, and are replayed as well. */
export function confirmAgreement(world: World, call: ConfirmCall): WriteAnswer {
	const { requestId, path, body } = call;
	const replayed = requestId !== undefined && world.switches.replaySameRequestId;
	const first = replayed ? world.replays.recall(requestId, path, body) : undefined;
	if (first !== undefined) return first;
	const answer = write(world, call);
	if (replayed) world.replays.remember(requestId, path, body, answer);
	return answer;
}

function write(world: World, call: ConfirmCall): WriteAnswer {
	try {
		const customer = requireCustomer(world, call.customerId);
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
		return { status: 201, body: { userId, primaryContact, templateId, dateAgreed, type } };
	} catch (error) {
		if (error instanceof ApiError) return { status: error.status, body: error.body };
		throw error;
	}
}

function contactOf({ primaryContact }: AgreementRequest): Contact {
	const { firstName, lastName, email, phoneNumber } = primaryContact;
	return { firstName, lastName, email, ...(phoneNumber == null ? {} : { phoneNumber }) };
}
