/**
 * Customer Agreement → Confirm: tells Partner Center that a customer accepted the Microsoft
 * Customer Agreement. A legal act, and Partner Center mails the contact: an item ends on Confirmed
 * only when Partner Center said so.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { PartnerCenterError } from '../../client/errors';
import { notATemplate } from '../../messages/explain';
import { duration } from '../../messages/words';
import { findExisting, findMade, isIdentical } from '../../client/existingAgreement';
import {
	dateAgreedField,
	emailField,
	firstNameField,
	lastNameField,
	phoneNumberField,
	switchField,
	templateIdField,
} from '../../fields/schemas';
import { bodyFieldsField } from '../../fields/bodyFields';
import { parseGuid } from '../../fields/guid';
import type { AgreementList, History } from '../../client/PartnerCenterClient';
import type { CallOptions } from '../../client/Requester';
import { CUSTOMER_AGREEMENT, type AgreementToCreate } from '../../client/schemas';
import type { TemplateResolver } from '../../client/templates';
import type { ExecutionClient } from '../../n8n/client';
import { cancelSignalOf } from '../../n8n/context';
import { CustomerOrder } from '../../n8n/CustomerOrder';
import { aloneWithCustomer, type CustomerKnowledge } from '../../n8n/customerState';
import { EarlierTries } from '../../n8n/earlierTries';
import type { Operation, OperationRun, PreparedItem, Routed } from '../../n8n/operation';
import { FieldFaults, readFields } from '../../n8n/parameters';
import { callOptionFields, callOptionsOfOneExecution } from '../callOptions';
import { customerAgreementTemplates } from '../customerAgreementTemplates';
import { CustomerResolver, customerField, laneOf } from '../customerLocator';
import { concurrencyOf, maxConcurrencyField } from '../maxConcurrency';
import { confirmFields } from './confirm.fields';
import { alreadyExistsJson, confirmedJson, dryRunJson, foundFirstJson } from './confirm.items';

const CONFIRMED = 0;
const ALREADY_EXISTS = 1;

/**
 * What Additional Body Fields can't set: what the form fills in, by which duplicates and lost answers
 * are judged; the type, also as the metadata calls it; and the customer, by any name that
 * Microsoft uses.
 */
const FILLED_IN = [
	'primaryContact',
	'dateAgreed',
	'templateId',
	'type',
	'agreementType',
	'customer',
	'customerId',
	'customerTenantId',
	'customerTenant',
	'tenantId',
	'tenant',
];

function fieldsIn(timeZone: string) {
	return {
		customer: customerField,
		firstName: { name: 'firstName', label: 'First Name', schema: firstNameField },
		lastName: { name: 'lastName', label: 'Last Name', schema: lastNameField },
		email: { name: 'email', label: 'Email', schema: emailField },
		dateAgreed: {
			name: 'dateAgreed',
			label: 'Date Agreed',
			schema: dateAgreedField(timeZone, () => Date.now()),
		},
		phoneNumber: {
			name: 'additionalFields.phoneNumber',
			label: 'Phone Number',
			schema: phoneNumberField,
		},
		templateId: {
			name: 'additionalFields.templateId',
			label: 'Template ID',
			schema: templateIdField,
		},
		more: {
			name: 'additionalFields.additionalBodyFields',
			label: 'Additional Body Fields',
			schema: bodyFieldsField(FILLED_IN),
		},
		checkFirst: {
			name: 'options.checkFirst',
			label: 'Check First',
			schema: switchField,
			fallback: false,
		},
		dryRun: { name: 'options.dryRun', label: 'Dry Run', schema: switchField, fallback: false },
		includeExisting: {
			name: 'options.includeExisting',
			label: 'Include Existing Agreement',
			schema: switchField,
			fallback: true,
		},
		maxConcurrency: maxConcurrencyField,
		...callOptionFields,
	};
}

export const confirm: Operation = {
	option: {
		name: 'Confirm',
		value: 'confirm',
		action: 'Confirm customer agreement',
		description:
			'Confirm that a customer accepted the Microsoft Customer Agreement. Partner Center mails the contact.',
	},
	fields: confirmFields,
	outputs: ['Confirmed', 'Already Exists'],
	nothingDone: 'nothingConfirmed',
	signIn: 'appAndUser',
	start: (context, access) => new ConfirmRun(context, access),
};

/** One item's request, ready to be sent. */
interface Request {
	customerId: string;
	agreement: AgreementToCreate;
	/** Additional Body Fields. */
	more: Record<string, unknown>;
}

/** One item on its way. */
interface Item {
	number: number;
	call: CallOptions;
	wishes: Wishes;
	/** What this process knows of the customer. */
	knowledge: CustomerKnowledge;
}

interface Wishes {
	checkFirst: boolean;
	dryRun: boolean;
	includeExisting: boolean;
}

class ConfirmRun implements OperationRun {
	private readonly earlierTries: EarlierTries;
	private readonly fields: ReturnType<typeof fieldsIn>;
	private readonly callOptions = callOptionsOfOneExecution();
	private readonly templates: TemplateResolver;
	readonly concurrency: () => number;
	private readonly resolver: CustomerResolver;
	private readonly counts = { confirmed: 0, alreadyExists: 0, wouldConfirm: 0, wouldExist: 0 };
	/** Customer, contact and template of what this execution knows Partner Center to hold. */
	private readonly knownToExist: Set<string>;
	/** The same for dry runs, which confirm nobody. */
	private readonly wouldConfirmHere = new Set<string>();
	/** Items that wait for their turn leave when the run is stopped or cancelled. */
	private readonly halt = new AbortController();
	private readonly order = new CustomerOrder(this.halt.signal);

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly access: ExecutionClient,
	) {
		this.concurrency = concurrencyOf(context, access.throttle);
		this.resolver = new CustomerResolver(access.client.customers, access.clock);
		this.earlierTries = new EarlierTries(context);
		this.knownToExist = new Set(this.earlierTries.knownToExist);
		this.fields = fieldsIn(context.getTimezone());
		this.templates = customerAgreementTemplates(access);
		const cancel = cancelSignalOf(context);
		cancel?.addEventListener('abort', () => this.stop(), { once: true });
		if (cancel?.aborted === true) this.stop();
	}

	stop(): void {
		this.halt.abort();
	}

	prepare(item: number): PreparedItem {
		const values = readFields(this.context, item, this.fields);
		const { customer, firstName, lastName, email, phoneNumber } = values;
		const call = this.callOptions(values);
		const confirmIt = async (customerId: string) => {
			const agreement: AgreementToCreate = {
				primaryContact: {
					firstName,
					lastName,
					email,
					...(phoneNumber === undefined ? {} : { phoneNumber }),
				},
				templateId: await this.templateId(values.templateId, call),
				dateAgreed: values.dateAgreed,
				type: CUSTOMER_AGREEMENT,
			};
			const request = { customerId, agreement, more: values.more };
			if (!(await this.order.turnOf(item, customer, customerId))) return undefined;
			const baseUrl = await this.access.baseUrl();
			return await aloneWithCustomer(baseUrl, customerId, this.halt.signal, async (knowledge) => [
				await this.decide(request, { number: item, call, wishes: values, knowledge }),
			]);
		};
		this.order.add(item, customer);
		return {
			// Items of one customer wait for each other without taking a place among those under way.
			lane: laneOf(customer),
			run: async () => {
				let customerId: string | undefined;
				try {
					customerId = (await this.resolver.resolve(customer, call)).customerId;
					if ('domain' in customer) this.order.found(customer.domain, customerId);
					return await confirmIt(customerId);
				} finally {
					this.order.done(item, customer, customerId);
				}
			},
		};
	}

	private async templateId(wanted: string | undefined, call: CallOptions): Promise<string> {
		const resolved = await this.templates.resolve(wanted, call);
		if ('templateId' in resolved) return resolved.templateId;
		const fault = notATemplate(wanted ?? '', resolved.listed);
		throw new FieldFaults([{ label: 'Template ID', ...fault }]);
	}

	private async decide(wanted: Request, item: Item): Promise<Routed> {
		const { number, call, wishes, knowledge } = item;
		const key = keyOf(wanted);
		const earlier = this.earlierTries.find(number, key);
		if (earlier?.outcome === 'confirmed') return this.toConfirmed(key, earlier.json);

		// A date may have moved since: what went unanswered is tried and looked for as it was sent.
		const isOpen = earlier?.outcome === 'unanswered';
		const request = isOpen ? withDate(wanted, earlier.dateAgreed) : wanted;
		const history: History = {
			unanswered: isOpen,
			isKnown: () => this.knownToExist.has(key) || knowledge.known.has(key),
			confirmed: () => knowledge.confirmed,
		};

		if (wishes.checkFirst || wishes.dryRun) {
			const list = await this.access.client.getAgreements(
				request.customerId,
				CUSTOMER_AGREEMENT,
				call,
			);
			const found = this.lookFirst(item, request, list, history);
			if (found !== undefined) return found;
		}
		return await this.write(item, request, history).catch(async (error: unknown) => {
			await this.templates.forgetIfOutdated(error);
			if (error instanceof PartnerCenterError && error.outcomeUnknown) {
				const { dateAgreed } = request.agreement;
				this.earlierTries.remember(number, { outcome: 'unanswered', key, dateAgreed });
			}
			throw error;
		});
	}

	/** What the customer's agreements tell before anything is written; undefined to go on and write. */
	private lookFirst(
		item: Item,
		request: Request,
		list: AgreementList,
		history: History,
	): Routed | undefined {
		const { dryRun, includeExisting } = item.wishes;
		const { customerId, agreement, more } = request;
		const key = keyOf(request);
		const made = findMade(list.agreements, agreement, history.confirmed?.());
		if (made !== undefined && history.unanswered === true && history.isKnown?.() !== true) {
			const { requestId, correlationId } = list;
			const json = confirmedJson(customerId, {
				outcome: 'confirmed',
				agreement: made,
				reconciled: true,
				requestId,
				correlationId,
			});
			return this.recorded(item, request, json);
		}
		const identical = findExisting(
			list.agreements.filter((one) => isIdentical(one, agreement)),
			agreement,
		);
		const isRepeated = dryRun && this.wouldConfirmHere.has(key);
		if (identical !== null || isRepeated) {
			const json = foundFirstJson(customerId, agreement, list, {
				isThere: identical !== null,
				dryRun,
			});
			if (includeExisting) json.existingAgreement = identical as IDataObject | null;
			if (!dryRun) return this.toAlreadyExists(item, key, json);
			this.counts.wouldExist += 1;
			return { output: ALREADY_EXISTS, json };
		}
		if (!dryRun) return undefined;
		this.counts.wouldConfirm += 1;
		this.wouldConfirmHere.add(key);
		return { output: CONFIRMED, json: dryRunJson(customerId, agreement, list, more) };
	}

	private async write(item: Item, request: Request, history: History): Promise<Routed> {
		const { call, wishes } = item;
		const { customerId, agreement, more } = request;
		const key = keyOf(request);
		const { client } = this.access;
		const result = await client.confirmAgreement(customerId, agreement, call, history, more);
		if (result.outcome === 'confirmed') {
			const json = confirmedJson(customerId, result);
			return this.recorded(item, request, json);
		}
		const json = alreadyExistsJson(customerId, agreement, result);
		if (wishes.includeExisting) {
			json.existingAgreement = await this.findExistingAgreement(request, call);
		}
		return this.toAlreadyExists(item, key, json);
	}

	/** Null when it can't be read: the outcome is known without it. */
	private async findExistingAgreement(
		{ customerId, agreement }: Request,
		call: CallOptions,
	): Promise<IDataObject | null> {
		try {
			const list = await this.access.client.getAgreements(customerId, CUSTOMER_AGREEMENT, call);
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
	private recorded({ number, knowledge }: Item, request: Request, json: IDataObject): Routed {
		const key = keyOf(request);
		knowledge.known.add(key);
		knowledge.confirmed.push(request.agreement);
		this.earlierTries.remember(number, { outcome: 'confirmed', key, json });
		return this.toConfirmed(key, json);
	}

	private toAlreadyExists({ number, knowledge }: Item, key: string, json: IDataObject): Routed {
		this.counts.alreadyExists += 1;
		this.knownToExist.add(key);
		knowledge.known.add(key);
		this.earlierTries.remember(number, { outcome: 'alreadyExists', key });
		return { output: ALREADY_EXISTS, json };
	}

	failedItem(item: number): IDataObject {
		return { outcome: 'failed', customerId: this.customerIdAsGiven(item) };
	}

	private customerIdAsGiven(item: number): string | null {
		try {
			const given = this.context.getNodeParameter('customerId', item, '', { extractValue: true });
			return typeof given === 'string' ? (parseGuid(given) ?? given) : null;
		} catch {
			return null;
		}
	}

	progress(): string {
		const { confirmed } = this.counts;
		if (confirmed === 0) return 'No customer was confirmed in this run.';
		if (confirmed === 1) {
			return '1 customer was confirmed in this run; run again, it comes out on Already Exists.';
		}
		return `${confirmed} customers were confirmed in this run; run again, they come out on Already Exists.`;
	}

	finish(isComplete: boolean): void {
		if (isComplete) this.earlierTries.forget();
	}

	summary(failed: number): string {
		const { confirmed, alreadyExists, wouldConfirm, wouldExist } = this.counts;
		const { paused } = this.access.throttle;
		const isDry = wouldConfirm + wouldExist > 0;
		const parts = [
			...(isDry && confirmed + alreadyExists === 0
				? []
				: [`${confirmed} confirmed`, `${alreadyExists} already there`]),
			`${failed} failed`,
			...(isDry
				? [`dry run: ${wouldConfirm} would be confirmed, ${wouldExist} already there`]
				: []),
			...(paused > 0 ? [`waited ${duration(paused)} for the rate limit`] : []),
		];
		return `Customer agreements: ${parts.join(', ')}.`;
	}
}

function withDate(request: Request, dateAgreed: string): Request {
	return { ...request, agreement: { ...request.agreement, dateAgreed } };
}

function keyOf({ customerId, agreement: { primaryContact, templateId } }: Request): string {
	const { firstName, lastName, email, phoneNumber = '' } = primaryContact;
	return JSON.stringify([customerId, firstName, lastName, email, phoneNumber, templateId]);
}
