/**
 * A customer's agreements: the templates that there are, the confirmation that a customer accepted
 * one, and what was confirmed before.
 */
import { differenceOf, findResult, hasTidiedDuplicate } from './compareAgreements';
import {
	CancellationError,
	PartnerCenterError,
	isAlreadyConfirmed,
	isOutcomeAlreadyConfirmed,
	isWithoutAgreements,
	refused,
	type CallContext,
	type ErrorFacts,
	type RequestIds,
} from './errors';
import { readWhole } from './paging';
import type { Answer, CallOptions, Requester } from './Requester';
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

/** What to confirm. */
export interface Confirmation {
	/** The customer's tenant ID: a GUID. */
	customerId: string;
	agreement: AgreementToCreate;
	/** Further properties of the body; never one of the agreement's own. */
	extraBody?: Record<string, unknown>;
}

/** Options of the call, and what this process knows of other confirmations of the customer. */
export interface ConfirmOptions extends CallOptions {
	/** Whether an earlier try of this very confirmation is in doubt. */
	hasUnansweredTry?: boolean;
	/**
	 * Whether somebody else's write is known to have recorded it: then 600061 can't mean an unanswered
	 * try of this one. Asked after the answer, since it may come to be known while the call waits.
	 */
	isKnownToExist?: () => boolean;
	/** What other writes of this process confirmed for the customer; asked after the answer too. */
	otherConfirmations?: () => readonly AgreementToCreate[];
}

/** How long reading the agreements may take after a write whose retries are used up, in milliseconds. */
const MAX_RECONCILE_MS = 30_000;

/** One confirmation on its way. */
interface Write extends Confirmation {
	options: ConfirmOptions;
	ids: RequestIds;
}

export class Agreements {
	/** @param newId makes a GUID for each call */
	constructor(
		private readonly requester: Requester,
		private readonly newId: () => string,
	) {}

	/**
	 * Lists the templates that a customer can agree to.
	 *
	 * `GET /v1/agreements?agreementType={type}`. The type is always sent: left out, Partner Center
	 * lists the Cloud Agreement only.
	 *
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/get-customer-agreement-metadata
	 */
	async listTemplates(type: AgreementTypeFilter, call: CallOptions): Promise<AgreementTemplate[]> {
		const path = `/v1/agreements?agreementType=${encodeURIComponent(type)}`;
		const { items } = await readWhole(this.requester, path, {
			item: agreementTemplateSchema,
			call,
			expected: 'a list of templates',
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
	 * and a repeated write could be the second one. So nobody knows, and the error says so. (A try without
	 * an answer is sent again before, by `retry.ts`, with its MS-RequestId.)
	 *
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/confirm-customer-consent-customer-agreement
	 * @see https://learn.microsoft.com/partner-center/developer/headers
	 */
	async confirm(
		confirmation: Confirmation,
		options: ConfirmOptions,
	): Promise<Confirmed | AlreadyExists> {
		const { requestId = this.newId(), correlationId } = options;
		const ids: RequestIds = { requestId, correlationId };
		const write: Write = { ...confirmation, options, ids };
		const answer = await this.send(write).catch((error: unknown) => inDoubtOrThrow(error));
		if (answer instanceof PartnerCenterError) return await this.confirmedOr(answer, write);
		if (answer.ok) {
			return { outcome: 'confirmed', agreement: answer.value, reconciled: false, ...ids };
		}
		const { refusal: facts } = answer;
		if (!isAlreadyConfirmed(facts)) {
			const error = new PartnerCenterError({ kind: 'confirmationRefused', facts, call: answer });
			return await this.confirmedOr(inDoubtOrThrow(error), write);
		}
		const inDoubt = answer.inDoubt || options.hasUnansweredTry === true;
		if (!isOutcomeAlreadyConfirmed(facts)) {
			return await this.decideOddAnswer(facts, { ...answer, inDoubt }, write);
		}
		if (inDoubt && options.isKnownToExist?.() !== true) {
			const result = findResultOf(write, await this.listAfter(write));
			if (result !== undefined) {
				return { outcome: 'confirmed', agreement: result, reconciled: true, ...ids };
			}
		}
		return { outcome: 'alreadyExists', facts, ...ids };
	}

	private async send(write: Write): Promise<Answer<Agreement>> {
		const { customerId, agreement, extraBody = {}, options, ids } = write;
		return await this.requester.send(
			{
				path: `/v1/customers/${encodeURIComponent(customerId)}/agreements`,
				body: { ...agreement, ...extraBody },
				schema: agreementSchema,
				expected: 'an agreement',
				creates: 'confirmation',
				differenceOf: (answer) => differenceOf(answer, agreement, customerId),
			},
			{ ...options, requestId: ids.requestId },
		);
	}

	/**
	 * For a write without a usable answer: lists the customer's agreements, and takes the write for
	 * carried out if one of them can only be its result.
	 *
	 * @throws {PartnerCenterError} `otherwise`
	 */
	private async confirmedOr(otherwise: PartnerCenterError, write: Write): Promise<Confirmed> {
		// The retries are used up: the list is read once and for 30 seconds at most, or the item would hang
		// for minutes more.
		const { status = 500 } = otherwise.facts;
		const { timeout } = write.options;
		const inTrouble = { maxRetries: 0, timeout: Math.min(timeout, MAX_RECONCILE_MS) };
		const options = { ...write.options, ...(status < 400 ? {} : inTrouble) };
		const list = await this.listAfter({ ...write, options }).catch(() => []);
		const isKnown = write.options.isKnownToExist?.() === true;
		const result = isKnown ? undefined : findResultOf(write, list);
		if (result === undefined) throw otherwise;
		return { outcome: 'confirmed', agreement: result, reconciled: true, ...write.ids };
	}

	/**
	 * 600061 with a status that a gateway sets, such as 500: it counts only if the list shows an agreement
	 * with the same contact.
	 *
	 * @throws {PartnerCenterError} the refusal that the status means, where the list shows none
	 */
	private async decideOddAnswer(
		facts: ErrorFacts,
		call: CallContext,
		write: Write,
	): Promise<Confirmed | AlreadyExists> {
		const { agreement, options, ids } = write;
		const list = await this.listAfter(write);
		const mayBeOwn = call.inDoubt && options.isKnownToExist?.() !== true;
		const result = mayBeOwn ? findResultOf(write, list) : undefined;
		if (result !== undefined) {
			return { outcome: 'confirmed', agreement: result, reconciled: true, ...ids };
		}
		if (hasTidiedDuplicate(list, agreement)) return { outcome: 'alreadyExists', facts, ...ids };
		const { status } = facts;
		const inDoubt = call.inDoubt || status < 300 || isNoRefusal(status);
		// The list contradicts 600061, so the error reports the status without the code.
		throw refused({ status }, { ...call, inDoubt });
	}

	/** @throws {PartnerCenterError} when the agreements can't be read: then nobody knows */
	private async listAfter({ customerId, agreement, options, ids }: Write): Promise<Agreement[]> {
		const list = await this.list(customerId, agreement.type, {
			...options,
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
	async list(
		customerId: string,
		type: AgreementTypeFilter,
		call: CallOptions,
	): Promise<AgreementList> {
		const path = `/v1/customers/${encodeURIComponent(customerId)}/agreements?agreementType=${encodeURIComponent(type)}`;
		const { items, ...ids } = await readWhole(this.requester, path, {
			item: agreementSchema,
			call,
			expected: 'a list of agreements',
			isEmpty: isWithoutAgreements,
		});
		return { agreements: items, ...ids };
	}
}

function findResultOf({ agreement, options }: Write, list: Agreement[]): Agreement | undefined {
	return findResult(list, agreement, options.otherConfirmations?.());
}

/**
 * @returns the error if the write is in doubt, so that the agreements can be read for its result
 * @throws the error, if the write was certainly not carried out, or the execution was cancelled
 */
function inDoubtOrThrow(error: unknown): PartnerCenterError {
	const isInDoubt = error instanceof PartnerCenterError && error.inDoubt;
	// A cancelled execution sends nothing more.
	if (!isInDoubt || error instanceof CancellationError) throw error;
	return error;
}
