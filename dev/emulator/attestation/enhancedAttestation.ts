/**
 * The steps of the enhanced attestation. PROVISIONAL: only the first call's address, sign-in and five
 * properties are documented; what is INVENTED is marked, and listed in `inventions.ts`.
 */
import { z } from 'zod';
import { ApiError } from '../api/apiErrors';
import type { WriteAnswer } from '../api/replay';
import { readBody } from '../api/requestBody';
import type { Customer } from '../state';
import type { EmulatorContext } from '../EmulatorContext';
import { attestationRequestSchema, type Attestation } from './AttestationRegister';
import { INVENTED_NOTE } from './inventions';

const MINUTE_MS = 60_000;

/** INVENTED: code, text and status of every refusal of this module. */
function inventedRefusal(status: number, description: string): ApiError {
	const body = { code: 'EmulatorInvented', description: `${description} (${INVENTED_NOTE})` };
	return new ApiError(status, body);
}

/** Step 1, `POST /v1/attestations/enhanced`. @throws ApiError 400 */
export function createAttestation(context: EmulatorContext, body: string): WriteAnswer {
	const attestation = context.attestations.create(readBody(body, attestationRequestSchema));
	// INVENTED: that a customer can accept without opening the page.
	if (context.switches.attestationAcceptance === 'atOnce') accept(context, attestation, 0);
	// INVENTED: the whole answer, but that it carries an id and no link.
	return {
		status: 201,
		body: {
			attestationId: attestation.id,
			companyName: attestation.request.companyName,
			status: statusOf(attestation),
			note: INVENTED_NOTE,
		},
	};
}

/** As one vendor shows the states (KPN); Microsoft's words are not known. */
function statusOf({ visibleAt }: Attestation): 'Pending' | 'accepted' {
	return visibleAt !== undefined && visibleAt <= Date.now() ? 'accepted' : 'Pending';
}

/** Whether the link leads nowhere any more; what was accepted in time stays so. */
export function isExpired(
	{ switches }: Pick<EmulatorContext, 'switches'>,
	{ acceptedAt, createdAt }: Attestation,
): boolean {
	const age = Date.now() - createdAt;
	return acceptedAt === undefined && age >= switches.attestationLinkLifetime * MINUTE_MS;
}

/**
 * Step 2: the customer accepts; again, or too late, changes nothing. INVENTED, but that the acceptance
 * creates no agreement, as several vendors say, and shows after a while: up to five minutes, by one's word.
 *
 * @param delay seconds
 */
export function accept(
	context: Pick<EmulatorContext, 'switches'>,
	attestation: Attestation,
	delay: number,
): void {
	if (attestation.acceptedAt !== undefined || isExpired(context, attestation)) return;
	const now = Date.now();
	attestation.acceptedAt = new Date(now).toISOString();
	attestation.visibleAt = now + delay * 1000;
}

const finishingSchema = z.object({ attestationId: z.coerce.string().optional() });

/**
 * Step 3, in `POST /v1/customers/{id}/agreements`. INVENTED: the property's name, and that it is that
 * call at all. That an acceptance alone creates no agreement is said by several vendors.
 *
 * @returns the attestation that the body finishes; undefined when it names none
 * @throws ApiError 400 for one that is unknown, another company's, expired, used or not yet accepted
 */
export function attestationToFinish(
	context: Pick<EmulatorContext, 'switches' | 'attestations'>,
	customer: Pick<Customer, 'companyName'>,
	body: string,
): Attestation | undefined {
	if (context.switches.attestation === 'off') return undefined;
	const { attestationId } = readBody(body, finishingSchema);
	if (attestationId === undefined) return undefined;
	const attestation = context.attestations.find(attestationId);
	if (attestation === undefined) throw inventedRefusal(400, 'There is no such attestation.');
	if (!isSameCompany(attestation.request.companyName, customer.companyName)) {
		throw inventedRefusal(400, 'This attestation is another company’s.');
	}
	if (attestation.isUsed) throw inventedRefusal(400, 'This attestation was used already.');
	if (isExpired(context, attestation)) {
		throw inventedRefusal(400, 'The link of this attestation expired before it was accepted.');
	}
	if (statusOf(attestation) !== 'accepted') {
		throw inventedRefusal(400, 'The customer has not accepted this attestation yet.');
	}
	return attestation;
}

/** The first call names no customer: a company is told by its name. */
function isSameCompany(one: string, other: string): boolean {
	return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** The older confirmation, where a switch has it refused. INVENTED: both answers. */
export function requireLegacyConfirmation({ switches }: Pick<EmulatorContext, 'switches'>): void {
	if (switches.legacyConfirmation === 'refuse') {
		throw inventedRefusal(410, 'This way to confirm is retired.');
	}
	if (switches.legacyConfirmation === 'refuseUnexplained') throw new ApiError(403, {});
}
