/**
 * What becomes of one confirmation: whether it is written at all, which output the item takes, and
 * what is remembered of it for the items and tries that come after.
 */
import type { IDataObject } from 'n8n-workflow';

import type {
	AgreementList,
	Agreements,
	Confirmation,
	ConfirmOptions,
} from '../../client/Agreements';
import { findExisting, findResult, isDuplicate } from '../../client/compareAgreements';
import { PartnerCenterError } from '../../client/errors';
import type { CallOptions } from '../../client/Requester';
import { CUSTOMER_AGREEMENT } from '../../client/schemas';
import type { TemplateResolver } from '../../client/templates';
import type { CustomerState } from '../../n8n/customerState';
import type { EarlierTries } from '../../n8n/earlierTries';
import type { Routed } from '../../n8n/operation';
import { alreadyExistsJson, confirmedJson, dryRunJson, foundFirstJson } from './confirm.items';

const CONFIRMED = 0;
const ALREADY_EXISTS = 1;

/** Options of the form that decide what is done. */
interface ConfirmChoices {
	checkFirst: boolean;
	dryRun: boolean;
	includeExisting: boolean;
}

/** The item that a confirmation comes from. */
export interface ConfirmItem {
	number: number;
	call: CallOptions;
	choices: ConfirmChoices;
	/** What this process knows of the customer. */
	customerState: CustomerState;
}

export interface ConfirmDeciderOptions {
	agreements: Pick<Agreements, 'confirm' | 'list'>;
	templates: Pick<TemplateResolver, 'forgetIfOutdated'>;
	earlierTries: EarlierTries;
}

/** Decides the items of one execution, one after another for each customer. */
export class ConfirmDecider {
	/** How many items had each outcome, for the hint about the run. */
	readonly counts = { confirmed: 0, alreadyExists: 0, wouldConfirm: 0, wouldExist: 0 };
	private readonly agreements: ConfirmDeciderOptions['agreements'];
	private readonly templates: ConfirmDeciderOptions['templates'];
	private readonly earlierTries: EarlierTries;
	/** Customer, contact and template of what this execution knows Partner Center to hold. */
	private readonly knownToExist: Set<string>;
	/** The same for dry runs, which confirm nobody. */
	private readonly wouldConfirmHere = new Set<string>();

	constructor({ agreements, templates, earlierTries }: ConfirmDeciderOptions) {
		this.agreements = agreements;
		this.templates = templates;
		this.earlierTries = earlierTries;
		this.knownToExist = new Set(earlierTries.knownToExist);
	}

	/**
	 * Has to run alone among everything that confirms the same customer: see `withCustomerLock`.
	 *
	 * @throws {PartnerCenterError} when it was not confirmed, or nobody knows whether it was
	 */
	async decide(requested: Confirmation, item: ConfirmItem): Promise<Routed> {
		const { number, customerState } = item;
		const key = keyOf(requested);
		const earlier = this.earlierTries.find(number, key);
		if (earlier?.outcome === 'confirmed') return this.toConfirmed(key, earlier.json);

		// `$now` has another value in each try, so the date that was sent first is used again.
		const isUnanswered = earlier?.outcome === 'unanswered';
		const confirmation = isUnanswered ? withDate(requested, earlier.dateAgreed) : requested;
		const options: ConfirmOptions = {
			...item.call,
			hasUnansweredTry: isUnanswered,
			isKnownToExist: () => this.knownToExist.has(key) || customerState.known.has(key),
			otherConfirmations: () => customerState.confirmed,
		};
		return (
			(await this.checkFirst(confirmation, item, options)) ??
			(await this.write(confirmation, item, options))
		);
	}

	/**
	 * With Check First or Dry Run, what the customer's agreements tell before anything is written.
	 *
	 * @returns undefined when it is to be written
	 */
	private async checkFirst(
		confirmation: Confirmation,
		item: ConfirmItem,
		options: ConfirmOptions,
	): Promise<Routed | undefined> {
		const { checkFirst, dryRun } = item.choices;
		if (!checkFirst && !dryRun) return undefined;
		const { customerId } = confirmation;
		const list = await this.agreements.list(customerId, CUSTOMER_AGREEMENT, item.call);
		return (
			this.foundOwnWrite(confirmation, item, options, list) ??
			this.foundIdentical(confirmation, item, list) ??
			(dryRun ? this.wouldConfirm(confirmation, list) : undefined)
		);
	}

	/** The agreement that an unanswered write of an earlier try has recorded after all. */
	private foundOwnWrite(
		confirmation: Confirmation,
		item: ConfirmItem,
		options: ConfirmOptions,
		{ agreements, requestId, correlationId }: AgreementList,
	): Routed | undefined {
		if (options.hasUnansweredTry !== true || options.isKnownToExist?.() === true) return undefined;
		const { customerId, agreement } = confirmation;
		const own = findResult(agreements, agreement, options.otherConfirmations?.());
		if (own === undefined) return undefined;
		const json = confirmedJson(customerId, {
			outcome: 'confirmed',
			agreement: own,
			reconciled: true,
			requestId,
			correlationId,
		});
		return this.recordConfirmed(confirmation, item, json);
	}

	/** An agreement that Partner Center would refuse this one for; in a dry run also an earlier item. */
	private foundIdentical(
		confirmation: Confirmation,
		item: ConfirmItem,
		list: AgreementList,
	): Routed | undefined {
		const { dryRun, includeExisting } = item.choices;
		const { customerId, agreement } = confirmation;
		const key = keyOf(confirmation);
		const identical = findExisting(
			list.agreements.filter((one) => isDuplicate(one, agreement)),
			agreement,
		);
		const isRepeated = dryRun && this.wouldConfirmHere.has(key);
		if (identical === null && !isRepeated) return undefined;
		const json = foundFirstJson(customerId, agreement, list, {
			isThere: identical !== null,
			dryRun,
		});
		if (includeExisting) json.existingAgreement = identical as IDataObject | null;
		if (!dryRun) return this.recordAlreadyExists(key, item, json);
		this.counts.wouldExist += 1;
		return { output: ALREADY_EXISTS, json };
	}

	private wouldConfirm(confirmation: Confirmation, list: AgreementList): Routed {
		const { customerId, agreement, extraBody = {} } = confirmation;
		this.counts.wouldConfirm += 1;
		this.wouldConfirmHere.add(keyOf(confirmation));
		return { output: CONFIRMED, json: dryRunJson(customerId, agreement, list, extraBody) };
	}

	private async write(
		confirmation: Confirmation,
		item: ConfirmItem,
		options: ConfirmOptions,
	): Promise<Routed> {
		const { choices } = item;
		const { customerId, agreement } = confirmation;
		const key = keyOf(confirmation);
		const result = await this.agreements
			.confirm(confirmation, options)
			.catch(async (error: unknown) => {
				await this.learnFrom(error, confirmation, item);
				throw error;
			});
		if (result.outcome === 'confirmed') {
			return this.recordConfirmed(confirmation, item, confirmedJson(customerId, result));
		}
		const json = alreadyExistsJson(customerId, agreement, result);
		if (choices.includeExisting) {
			json.existingAgreement = await this.findExistingAgreement(confirmation, item.call);
		}
		return this.recordAlreadyExists(key, item, json);
	}

	/** A write that failed may have used an outdated template, or may be found by the next try. */
	private async learnFrom(
		error: unknown,
		confirmation: Confirmation,
		{ number }: ConfirmItem,
	): Promise<void> {
		await this.templates.forgetIfOutdated(error);
		if (!(error instanceof PartnerCenterError) || !error.inDoubt) return;
		const { dateAgreed } = confirmation.agreement;
		const key = keyOf(confirmation);
		this.earlierTries.remember(number, { outcome: 'unanswered', key, dateAgreed });
	}

	/** Null when it can't be read: that must not make the item fail, since its outcome is known. */
	private async findExistingAgreement(
		{ customerId, agreement }: Confirmation,
		call: CallOptions,
	): Promise<IDataObject | null> {
		try {
			const list = await this.agreements.list(customerId, CUSTOMER_AGREEMENT, call);
			return findExisting(list.agreements, agreement) as IDataObject | null;
		} catch {
			return null;
		}
	}

	private toConfirmed(key: string, json: IDataObject): Routed {
		this.counts.confirmed += 1;
		this.knownToExist.add(key);
		return { output: CONFIRMED, json };
	}

	/** Confirmed by this item's own write. */
	private recordConfirmed(
		confirmation: Confirmation,
		{ number, customerState }: ConfirmItem,
		json: IDataObject,
	): Routed {
		const key = keyOf(confirmation);
		customerState.known.add(key);
		customerState.confirmed.push(confirmation.agreement);
		this.earlierTries.remember(number, { outcome: 'confirmed', key, json });
		return this.toConfirmed(key, json);
	}

	private recordAlreadyExists(
		key: string,
		{ number, customerState }: ConfirmItem,
		json: IDataObject,
	): Routed {
		this.counts.alreadyExists += 1;
		this.knownToExist.add(key);
		customerState.known.add(key);
		this.earlierTries.remember(number, { outcome: 'alreadyExists', key });
		return { output: ALREADY_EXISTS, json };
	}
}

function withDate(confirmation: Confirmation, dateAgreed: string): Confirmation {
	return { ...confirmation, agreement: { ...confirmation.agreement, dateAgreed } };
}

/**
 * Without the date, which Partner Center does not compare either (`isDuplicate`). The template's ID is that
 * of Partner Center's list, so it needs no folding of its case here.
 */
function keyOf({ customerId, agreement: { primaryContact, templateId } }: Confirmation): string {
	const { firstName, lastName, email, phoneNumber = '' } = primaryContact;
	return JSON.stringify([customerId, firstName, lastName, email, phoneNumber, templateId]);
}
