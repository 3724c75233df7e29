/** The attestations that were created here. Provisional: see `inventions.ts` for what is made up. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { LatestList, type Kept } from '../keepLatest';

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
	/** Milliseconds since 1970. */
	createdAt: number;
	/** ISO date-time; undefined until the customer accepts. */
	acceptedAt: string | undefined;
	/** Milliseconds since 1970 from which on callers see the acceptance. */
	visibleAt: number | undefined;
	/** It created an agreement, and can't create another. */
	isUsed: boolean;
}

/** More are not kept; the oldest goes. */
const MAX_ATTESTATIONS = 10_000;

export class AttestationRegister {
	private readonly list = new LatestList<Attestation>(MAX_ATTESTATIONS);

	/** Oldest first. */
	get all(): readonly Attestation[] {
		return this.list.entries;
	}

	get counts(): Kept {
		return this.list.counts;
	}

	create(request: AttestationRequest): Attestation {
		const attestation: Attestation = {
			id: randomUUID(),
			request,
			createdAt: Date.now(),
			acceptedAt: undefined,
			visibleAt: undefined,
			isUsed: false,
		};
		this.list.push(attestation);
		return attestation;
	}

	find(id: string): Attestation | undefined {
		return this.all.find((one) => one.id === id.toLowerCase());
	}

	clear(): void {
		this.list.clear();
	}
}
