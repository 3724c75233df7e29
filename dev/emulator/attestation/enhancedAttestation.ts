/**
 * The steps of the enhanced attestation. PROVISIONAL: only the first call's address, sign-in and five
 * properties are documented; what is INVENTED is marked, and listed in `inventions.ts`.
 */
import { z } from 'zod';
import { ApiError } from '../api/apiErrors';
import type { WriteAnswer } from '../api/replay';
import { readBody } from '../api/requestBody';
import { agreementCreated } from '../audit/recordedActs';
import { MCA_TEMPLATE_ID } from '../templates';
import type { EmulatorContext } from '../EmulatorContext';
import { attestationRequestSchema, type Attestation } from './AttestationRegister';
import { INVENTED_NOTE } from './inventions';

/** INVENTED: code, text and status of every refusal of this module. */
export function inventedRefusal(status: number, description: string): ApiError {
	const body = { code: 'EmulatorInvented', description: `${description} (${INVENTED_NOTE})` };
	return new ApiError(status, body);
}

/** Step 1, `POST /v1/attestations/enhanced`. @throws ApiError 400 */
export function createAttestation(context: EmulatorContext, body: string): WriteAnswer {
	const attestation = context.attestations.create(readBody(body, attestationRequestSchema));
	// INVENTED: that a customer can accept without opening the page.
	if (context.switches.attestationAcceptance === 'atOnce') accept(context, attestation);
	// INVENTED: the whole answer.
	return {
		status: 201,
		body: {
			attestationId: attestation.id,
			companyName: attestation.request.companyName,
			status: attestation.acceptedAt === undefined ? 'pending' : 'accepted',
			acceptanceUrl: `${context.baseUrl}/attestation-preview/${attestation.id}`,
			note: INVENTED_NOTE,
		},
	};
}

/** Step 2: the customer accepts. INVENTED in all of it. */
export function accept(
	context: Pick<EmulatorContext, 'switches' | 'store' | 'audit'>,
	attestation: Attestation,
): void {
	if (attestation.acceptedAt !== undefined) return;
	attestation.acceptedAt = new Date().toISOString();
	if (context.switches.attestationAgreement !== 'onAcceptance') return;
	const { companyName, signatoryFirstName, signatoryLastName } = attestation.request;
	const wanted = companyName.trim().toLowerCase();
	const customer = context.store.state.customers.find(
		(one) => one.companyName.toLowerCase() === wanted && one.relationshipToPartner !== 'none',
	);
	if (customer === undefined) return;
	const agreement = {
		primaryContact: { firstName: signatoryFirstName, lastName: signatoryLastName, email: '' },
		templateId: MCA_TEMPLATE_ID,
		dateAgreed: attestation.acceptedAt,
		type: 'MicrosoftCustomerAgreement' as const,
		userId: '00000000-0000-0000-0000-000000000000',
	};
	if (context.store.confirm(customer, agreement) === 'confirmed') {
		context.audit.add(agreementCreated(customer, agreement));
	}
}

const finishingSchema = z.object({ attestationId: z.coerce.string().optional() });

/**
 * Step 3, in `POST /v1/customers/{id}/agreements`. INVENTED: the property's name, and that it is that
 * call at all.
 *
 * @returns whether the body finishes an attestation
 * @throws ApiError 400 when it names one that is not there or not accepted
 */
export function finishesAttestation(
	context: Pick<EmulatorContext, 'switches' | 'attestations'>,
	body: string,
): boolean {
	if (context.switches.attestation === 'off') return false;
	const { attestationId } = readBody(body, finishingSchema);
	if (attestationId === undefined) return false;
	const attestation = context.attestations.find(attestationId);
	if (attestation === undefined) throw inventedRefusal(400, 'There is no such attestation.');
	if (attestation.acceptedAt === undefined) {
		throw inventedRefusal(400, 'The customer has not accepted this attestation yet.');
	}
	return true;
}

/** The older confirmation, where a switch has it refused. INVENTED: both answers. */
export function requireLegacyConfirmation({ switches }: Pick<EmulatorContext, 'switches'>): void {
	if (switches.legacyConfirmation === 'refuse') {
		throw inventedRefusal(410, 'This way to confirm is retired.');
	}
	if (switches.legacyConfirmation === 'refuseUnexplained') throw new ApiError(403, {});
}
