/** The attestations that were created here. Provisional: see `inventions.ts` for what is made up. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const filled = z.string().refine((text) => text.trim() !== '');

/** Documented: the five required properties. Others are taken and kept as they come. */
export const attestationRequestSchema = z
	.object({
		country: z.string().regex(/^[A-Za-z]{2}$/),
		language: filled,
		companyName: filled,
		signatoryFirstName: filled,
		signatoryLastName: filled,
	})
	.passthrough();
export type AttestationRequest = z.infer<typeof attestationRequestSchema>;

export interface Attestation {
	id: string;
	request: AttestationRequest;
	/** ISO date-time; undefined until the customer accepts. */
	acceptedAt: string | undefined;
}

export class AttestationRegister {
	readonly all: Attestation[] = [];

	create(request: AttestationRequest): Attestation {
		const attestation = { id: randomUUID(), request, acceptedAt: undefined };
		this.all.push(attestation);
		return attestation;
	}

	find(id: string): Attestation | undefined {
		return this.all.find((one) => one.id === id.toLowerCase());
	}

	clear(): void {
		this.all.length = 0;
	}
}
