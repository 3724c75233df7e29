/**
 * Preview: the enhanced attestation, as far as Microsoft's page could be read. What is known are the
 * address, the sign-in and the five required properties below, and the form of the customer's link;
 * not known are the names of the optional ones (e-mail address and phone number among them), the
 * answer but for its id, and the calls that follow. An answer without a recognisable id is handed on
 * whole.
 */
import { z } from 'zod';

import type { RequestIds } from './errors';
import { isGuid } from './guid';
import { PARTNER_CENTER } from './http';
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

/** Names under which an answer may hold the attestation's id, in lower case, the likeliest first. */
const ID_NAMES = ['attestationid', 'id'];

/**
 * @param answer as Partner Center gave it: an object with the id, or the id alone
 * @returns the attestation's id, in lower case; undefined where none can be recognised
 */
export function attestationIdIn(answer: unknown): string | undefined {
	if (typeof answer === 'string') return guidIn(answer);
	if (typeof answer !== 'object' || answer === null) return undefined;
	const values = Object.entries(answer);
	for (const wanted of ID_NAMES) {
		const [, value] = values.find(([name]) => name.toLowerCase() === wanted) ?? [];
		const id = typeof value === 'string' ? guidIn(value) : undefined;
		if (id !== undefined) return id;
	}
	return undefined;
}

function guidIn(text: string): string | undefined {
	const bare = text.trim().replace(/^["{]+|["}]+$/g, '');
	return isGuid(bare) ? bare.toLowerCase() : undefined;
}

/** Microsoft's page on which a customer reads and accepts, without a sign-in. */
const ACCEPTANCE_PAGE = 'https://cdn.partner.microsoft.com/mca/';

/**
 * The link by which the customer accepts. Partner Center gives none: the partner builds it from the
 * id. Whoever has it can accept, so it is a secret.
 *
 * @param attestationId a GUID
 * @param baseUrl the API's address; an emulator has a page of its own
 * @see https://learn.microsoft.com/partner-center/customers/integrate-sandbox-confirm-customer-accept
 *   says that the partner builds the address; its form is told by
 *   https://github.com/SveinT83/Nexum-PSA (docs/rfc/2026-07-16-cloudfactory-partner-integration.md)
 */
export function acceptanceUrlOf(attestationId: string, baseUrl: string): string {
	const page = baseUrl === PARTNER_CENTER ? ACCEPTANCE_PAGE : `${baseUrl}/mca/`;
	return `${page}?attestationid=${encodeURIComponent(attestationId)}`;
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
