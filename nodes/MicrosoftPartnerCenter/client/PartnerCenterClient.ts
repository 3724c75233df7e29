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
	CancellationError,
	PartnerCenterError,
	isAlreadyConfirmed,
	isOutcomeAlreadyConfirmed,
	isWithoutAgreements,
	refused,
	type Circumstances,
	type ErrorFacts,
	type RequestIds,
} from './errors';
import { differenceOf, findMade, isListed } from './existingAgreement';
import { readWhole } from './paging';
import { Requester, type CallOptions, type RequesterOptions } from './Requester';
import { isNoRefusal } from './retry';
import {
	agreementSchema,
	agreementTemplateSchema,
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

/** What is known beside this very call. */
export interface History {
	/** An earlier try of this very item ended without knowing its outcome. */
	unanswered?: boolean;
	/**
	 * Whether somebody else's write is known to have made it: then 600061 can't mean an unanswered
	 * try of this item. Asked after the answer, since it may come to be known while the item waits.
	 */
	isKnown?: () => boolean;
	/** What other writes of this process confirmed for the customer; asked after the answer too. */
	confirmed?: () => readonly AgreementToCreate[];
}

/** How long the look at the agreements may take after a write that ended in trouble, in milliseconds. */
const LONGEST_LOOK_MS = 30_000;

/** One confirmation on its way. */
interface Write {
	customerId: string;
	agreement: AgreementToCreate;
	call: CallOptions;
	history: History;
	ids: RequestIds;
}

export class PartnerCenterClient {
	readonly customers: Customers;
	readonly documents: Documents;
	readonly auditRecords: AuditRecords;
	readonly attestations: Attestations;
	private readonly requester: Requester;
	private readonly newId: () => string;

	constructor(options: RequesterOptions) {
		this.newId = options.newId;
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
		const { items } = await readWhole(this.requester, path, {
			item: agreementTemplateSchema,
			call,
			expected: 'templates',
		});
		return items;
	}

	/**
	 * Confirms that a customer accepted the agreement. Partner Center mails the customer's contact.
	 *
	 * `POST /v1/customers/{customer-tenant-id}/agreements`. It is confirmed by HTTP 200 or 201 with
	 * the agreement that was sent. Code 600061 is an outcome with every status that Partner Center
	 * gives to answers of its own (Microsoft documents none). Whatever else is no refusal leaves open
	 * what became of the write, and so does every try that went unanswered: then the customer's
	 * agreements decide.
	 *
	 * An agreement that is not listed after a success is neither refused nor sent again: Microsoft
	 * wants the same MS-RequestId only for a try that had no answer, a service may list with a delay,
	 * and a repeated write could be the second one. So nobody knows, and the error says so.
	 *
	 * @param customerId the customer's tenant ID: a GUID
	 * @param history what is known beside this call of the same customer and contact
	 * @param more further properties of the body; never one of the agreement's own
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/confirm-customer-consent-customer-agreement
	 * @see https://learn.microsoft.com/partner-center/developer/headers
	 */
	async confirmAgreement(
		customerId: string,
		agreement: AgreementToCreate,
		call: CallOptions,
		history: History = {},
		more: Record<string, unknown> = {},
	): Promise<Confirmed | AlreadyExists> {
		const ids: RequestIds = {
			requestId: call.requestId ?? this.newId(),
			correlationId: call.correlationId,
		};
		const write: Write = { customerId, agreement, call, history, ids };
		const path = `/v1/customers/${encodeURIComponent(customerId)}/agreements`;
		const settled = await this.requester
			.request(
				{
					path,
					body: { ...agreement, ...more },
					schema: agreementSchema,
					expected: 'agreement',
					differenceOf: (answer) => differenceOf(answer, agreement, customerId),
				},
				{ ...call, requestId: ids.requestId },
			)
			.catch((error: unknown) => asOpen(error));
		if (settled instanceof PartnerCenterError) return await this.confirmedOr(settled, write);
		const { facts } = settled;
		if (facts === undefined) {
			return { outcome: 'confirmed', agreement: settled.value, reconciled: false, ...ids };
		}
		if (!isAlreadyConfirmed(facts)) {
			const refusal = new PartnerCenterError({ kind: 'confirmationRefused', facts, call: settled });
			return await this.confirmedOr(asOpen(refusal), write);
		}
		const isDoubtful = settled.doubtful || history.unanswered === true;
		if (!isOutcomeAlreadyConfirmed(facts)) {
			return await this.decideOddAnswer(facts, { ...settled, doubtful: isDoubtful }, write);
		}
		if (isDoubtful && history.isKnown?.() !== true) {
			const made = this.findMade(await this.listAfter(write), write);
			if (made !== undefined) {
				return { outcome: 'confirmed', agreement: made, reconciled: true, ...ids };
			}
		}
		return { outcome: 'alreadyExists', facts, ...ids };
	}

	/**
	 * Nobody knows what became of the write: the agreements show that it was carried out, or nobody
	 * knows it still.
	 *
	 * @throws {PartnerCenterError} `otherwise`
	 */
	private async confirmedOr(otherwise: PartnerCenterError, write: Write): Promise<Confirmed> {
		// What ended in silence or trouble has been tried for long enough: one look, and not for minutes.
		const { status = 500 } = otherwise.facts;
		const { timeout } = write.call;
		const inTrouble = { maxRetries: 0, timeout: Math.min(timeout, LONGEST_LOOK_MS) };
		const call = { ...write.call, ...(status < 400 ? {} : inTrouble) };
		const list = await this.listAfter({ ...write, call }).catch(() => []);
		const isKnown = write.history.isKnown?.() === true;
		const made = isKnown ? undefined : this.findMade(list, write);
		if (made === undefined) throw otherwise;
		return { outcome: 'confirmed', agreement: made, reconciled: true, ...write.ids };
	}

	/**
	 * 600061 with a status that is no answer of the service: true where the agreements bear it out.
	 *
	 * @throws {PartnerCenterError} the refusal that the status is, where they do not
	 */
	private async decideOddAnswer(
		facts: ErrorFacts,
		circumstances: Circumstances,
		write: Write,
	): Promise<Confirmed | AlreadyExists> {
		const { agreement, history, ids } = write;
		const list = await this.listAfter(write);
		const mayBeOwn = circumstances.doubtful && history.isKnown?.() !== true;
		const made = mayBeOwn ? this.findMade(list, write) : undefined;
		if (made !== undefined) {
			return { outcome: 'confirmed', agreement: made, reconciled: true, ...ids };
		}
		if (isListed(list, agreement)) return { outcome: 'alreadyExists', facts, ...ids };
		const { status } = facts;
		const doubtful = circumstances.doubtful || status < 300 || isNoRefusal(status);
		// What the code says is not so: only the status counts.
		throw refused({ status }, { ...circumstances, doubtful });
	}

	private findMade(list: Agreement[], { agreement, history }: Write): Agreement | undefined {
		return findMade(list, agreement, history.confirmed?.());
	}

	/** @throws {PartnerCenterError} when the agreements can't be read: then nobody knows */
	private async listAfter({ customerId, agreement, call, ids }: Write): Promise<Agreement[]> {
		const list = await this.getAgreements(customerId, agreement.type, {
			...call,
			requestId: this.newId(),
		}).catch((error: unknown) => {
			throw new PartnerCenterError({ kind: 'undecided', reason: error, ids });
		});
		return list.agreements;
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
		const { items, ...ids } = await readWhole(this.requester, path, {
			item: agreementSchema,
			call,
			expected: 'agreements',
			isEmpty: isWithoutAgreements,
		});
		return { agreements: items, ...ids };
	}
}

/**
 * An error that leaves open what became of the write, and is worth looking into.
 *
 * @throws the error, where it is none
 */
function asOpen(error: unknown): PartnerCenterError {
	const isOpen = error instanceof PartnerCenterError && error.outcomeUnknown;
	// A cancelled execution sends nothing more.
	if (!isOpen || error instanceof CancellationError) throw error;
	return error;
}
