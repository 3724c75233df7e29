/**
 * Microsoft Partner Center as a program sees it: one method per API call, typed outcomes. The
 * agreements are here; customers, documents, attestations and audit records have files of their own. Knows
 * nothing of n8n; whoever uses it supplies what sends, a clock and ids.
 */
import { Attestations } from './Attestations';
import { AuditRecords } from './AuditRecords';
import { Customers } from './Customers';
import { Documents } from './Documents';
import {
	PartnerCenterError,
	isAlreadyConfirmed,
	isWithoutAgreements,
	refused,
	refusedConfirmation,
	undecided,
	type ErrorFacts,
	type RequestIds,
} from './errors';
import { isMadeBy } from './existingAgreement';
import { Requester, type CallOptions, type RequesterOptions } from './Requester';
import {
	agreementSchema,
	agreementTemplateSchema,
	listOf,
	type Agreement,
	type AgreementTemplate,
	type AgreementToCreate,
	type AgreementTypeFilter,
} from './schemas';

/** The confirmation was recorded by this call. `agreement` is as Partner Center sent it. */
export interface Confirmed extends RequestIds {
	outcome: 'confirmed';
	agreement: Agreement;
	/** A try went unanswered, and the agreements showed that it had been carried out. */
	reconciled: boolean;
}

/** Partner Center holds a confirmation with the same contact (code 600061). */
export interface AlreadyExists extends RequestIds {
	outcome: 'alreadyExists';
	facts: ErrorFacts;
}

/** A customer's agreements, and the ids of the call that read them. */
export interface AgreementList extends RequestIds {
	agreements: Agreement[];
}

/** What the same execution did before with the same confirmation. */
export interface History {
	/** It is known to have existed before: 600061 can't mean an unanswered try of this item. */
	confirmed?: boolean;
	/** An earlier try of this very item ended without knowing its outcome. */
	unanswered?: boolean;
}

const templates = listOf(agreementTemplateSchema);
const agreements = listOf(agreementSchema);

export class PartnerCenterClient {
	readonly customers: Customers;
	readonly documents: Documents;
	readonly auditRecords: AuditRecords;
	readonly attestations: Attestations;
	private readonly requester: Requester;

	constructor(options: RequesterOptions) {
		this.requester = new Requester(options);
		this.customers = new Customers(this.requester);
		this.documents = new Documents(this.requester);
		this.auditRecords = new AuditRecords(this.requester);
		this.attestations = new Attestations(this.requester);
	}

	/**
	 * Lists the templates that a customer can agree to.
	 *
	 * `GET /v1/agreements?agreementType={type}`. The type is always sent: left out, Partner Center
	 * lists the Cloud Agreement only.
	 *
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/get-customer-agreement-metadata
	 */
	async getAgreementMetadata(
		type: AgreementTypeFilter,
		call: CallOptions,
	): Promise<AgreementTemplate[]> {
		const path = `/v1/agreements?agreementType=${encodeURIComponent(type)}`;
		const settled = await this.requester.request(
			{ path, schema: templates, expected: 'a list of templates' },
			call,
		);
		if (settled.facts !== undefined) throw refused(settled.facts, settled);
		return settled.value;
	}

	/**
	 * Confirms that a customer accepted the agreement. Partner Center mails the customer's contact.
	 *
	 * `POST /v1/customers/{customer-tenant-id}/agreements`. Code 600061 is an outcome, whatever the
	 * HTTP status that comes with it (Microsoft documents none). Where an earlier try of this very
	 * call went unanswered, the customer's agreements decide whether that try is what 600061 means.
	 *
	 * @param customerId the customer's tenant ID: a GUID
	 * @param history what this execution did before with the same customer and contact
	 * @param more further properties of the body; never one of the agreement's own
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/confirm-customer-consent-customer-agreement
	 */
	async confirmAgreement(
		customerId: string,
		agreement: AgreementToCreate,
		call: CallOptions,
		history: History = {},
		more: Record<string, unknown> = {},
	): Promise<Confirmed | AlreadyExists> {
		const path = `/v1/customers/${encodeURIComponent(customerId)}/agreements`;
		const settled = await this.requester.request(
			{ path, body: { ...agreement, ...more }, schema: agreementSchema, expected: 'an agreement' },
			call,
		);
		const { facts, ids } = settled;
		if (facts === undefined) {
			return { outcome: 'confirmed', agreement: settled.value, reconciled: false, ...ids };
		}
		if (!isAlreadyConfirmed(facts)) throw refusedConfirmation(facts, settled);
		const isDoubtful = settled.doubtful || history.unanswered === true;
		if (isDoubtful && history.confirmed !== true) {
			const made = await this.findMade(customerId, agreement, call, ids);
			if (made !== undefined) {
				return { outcome: 'confirmed', agreement: made, reconciled: true, ...ids };
			}
		}
		return { outcome: 'alreadyExists', facts, ...ids };
	}

	/** @throws {PartnerCenterError} when the agreements can't be read: then nobody knows */
	private async findMade(
		customerId: string,
		agreement: AgreementToCreate,
		call: CallOptions,
		ids: RequestIds,
	): Promise<Agreement | undefined> {
		const list = await this.getAgreements(customerId, agreement.type, call).catch(
			(error: unknown) => undecided(ids, error instanceof Error ? error.message : 'no reason'),
		);
		if (list instanceof PartnerCenterError) throw list;
		return list.agreements.find((one) => isMadeBy(agreement, one));
	}

	/**
	 * Lists the agreements that were confirmed for a customer; none is an empty list, whichever way
	 * Partner Center says it (an empty collection or code 600009).
	 *
	 * `GET /v1/customers/{customer-tenant-id}/agreements?agreementType={type}`
	 *
	 * @param customerId the customer's tenant ID: a GUID
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/get-confirmation-of-customer-agreement
	 */
	async getAgreements(
		customerId: string,
		type: AgreementTypeFilter,
		call: CallOptions,
	): Promise<AgreementList> {
		const path = `/v1/customers/${encodeURIComponent(customerId)}/agreements?agreementType=${encodeURIComponent(type)}`;
		const settled = await this.requester.request(
			{ path, schema: agreements, expected: 'a list of agreements' },
			call,
		);
		const { facts, ids } = settled;
		if (facts === undefined) return { agreements: settled.value, ...ids };
		if (isWithoutAgreements(facts)) return { agreements: [], ...ids };
		throw refused(facts, settled);
	}
}
