/**
 * Preview: the enhanced attestation, as far as Microsoft's page could be read. What is known are the
 * address, the sign-in and the five required properties below; not known are the names of the
 * optional ones (e-mail address and phone number among them), the answer, the link for the customer,
 * and the calls that follow. Nothing here depends on what is not known.
 */
import { z } from 'zod';

import type { RequestIds } from './errors';
import type { CallOptions, Requester } from './Requester';

/** The documented part of the body of `POST /v{version}/attestations/enhanced`. */
export interface AttestationToCreate {
	/** The customer's, ISO 3166-1 alpha-2. */
	country: string;
	/** Which the customer reads the agreement in. */
	language: string;
	companyName: string;
	signatoryFirstName: string;
	signatoryLastName: string;
}

export interface CreatedAttestation extends RequestIds {
	/** Whatever Partner Center answered: parsed JSON, text, or undefined for nothing. */
	answer: unknown;
	/** The answer's Location header, where it has one. */
	location?: string;
}

export class Attestations {
	constructor(private readonly requester: Requester) {}

	/**
	 * `POST /v{version}/attestations/enhanced`, App-only.
	 *
	 * @param version what stands behind the `v` of the path
	 * @param extraBody further properties of the body; never one of the documented five
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/customers/integrate-sandbox-confirm-customer-accept
	 */
	async create(
		version: string,
		attestation: AttestationToCreate,
		extraBody: Record<string, unknown>,
		call: CallOptions,
	): Promise<CreatedAttestation> {
		const read = await this.requester.read(
			{
				path: `/v${encodeURIComponent(version)}/attestations/enhanced`,
				body: { ...attestation, ...extraBody },
				schema: z.unknown(),
				expected: 'an answer',
				creates: 'attestation',
				anyBody: true,
			},
			call,
		);
		const { location } = read.headers;
		return {
			answer: read.value,
			...(typeof location === 'string' ? { location } : {}),
			...read.ids,
		};
	}
}
