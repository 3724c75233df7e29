/**
 * Customer Agreement → Confirm: tells Partner Center that a customer accepted the Microsoft
 * Customer Agreement. A legal act, and Partner Center mails the contact: an item ends on Confirmed
 * only when Partner Center said so.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { duration, PartnerCenterError } from '../../client/errors';
import { findExisting, isIdentical, isMadeBy } from '../../client/existingAgreement';
import {
	dateAgreedField,
	emailField,
	firstNameField,
	lastNameField,
	phoneNumberField,
	switchField,
	templateIdField,
} from '../../client/fields';
import { bodyFieldsField } from '../../client/bodyFields';
import { parseGuid } from '../../client/guid';
import type { AgreementList, History } from '../../client/PartnerCenterClient';
import type { CallOptions } from '../../client/Requester';
import { CUSTOMER_AGREEMENT, type AgreementToCreate } from '../../client/schemas';
import type { TemplateResolver } from '../../client/templates';
import type { ExecutionClient } from '../../n8n/client';
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
	}

	prepare(item: number): PreparedItem {
		const values = readFields(this.context, item, this.fields);
		const { customer, firstName, lastName, email, phoneNumber } = values;
		const call = this.callOptions(values);
		return {
			// One customer's items keep their order, so that a repeated one always ends the same way.
			lane: laneOf(customer),
			run: async () => {
				const { customerId } = await this.resolver.resolve(customer, call);
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
				return [
					await this.decide(item, { customerId, agreement, more: values.more }, call, values),
				];
			},
		};
	}

	private async templateId(wanted: string | undefined, call: CallOptions): Promise<string> {
		const resolved = await this.templates.resolve(wanted, call);
		if ('templateId' in resolved) return resolved.templateId;
		throw new FieldFaults([{ label: 'Template ID', ...resolved }]);
	}

	private async decide(
		item: number,
		wanted: Request,
		call: CallOptions,
		wishes: Wishes,
	): Promise<Routed> {
		const key = keyOf(wanted);
		const earlier = this.earlierTries.find(item, key);
		if (earlier?.outcome === 'confirmed') return this.toConfirmed(key, earlier.json);

		// A date may have moved since: what went unanswered is tried and looked for as it was sent.
		const isOpen = earlier?.outcome === 'unanswered';
		const request = isOpen ? withDate(wanted, earlier.dateAgreed) : wanted;
		const history = { confirmed: this.knownToExist.has(key), unanswered: isOpen };

		if (wishes.checkFirst || wishes.dryRun) {
			const list = await this.access.client.getAgreements(
				request.customerId,
				CUSTOMER_AGREEMENT,
				call,
			);
			const found = this.lookFirst(item, request, list, wishes, history);
			if (found !== undefined) return found;
		}
		return await this.write(item, request, call, wishes, history).catch(async (error: unknown) => {
			await this.templates.forgetIfOutdated(error);
			if (error instanceof PartnerCenterError && error.outcomeUnknown) {
				const { dateAgreed } = request.agreement;
				this.earlierTries.remember(item, { outcome: 'unanswered', key, dateAgreed });
			}
			throw error;
		});
	}

	/** What the customer's agreements tell before anything is written; undefined to go on and write. */
	private lookFirst(
		item: number,
		request: Request,
		list: AgreementList,
		{ dryRun, includeExisting }: Wishes,
		history: History,
	): Routed | undefined {
		const { customerId, agreement, more } = request;
		const key = keyOf(request);
		const made = list.agreements.find((one) => isMadeBy(agreement, one));
		if (made !== undefined && history.unanswered === true && history.confirmed !== true) {
			const { requestId, correlationId } = list;
			const json = confirmedJson(customerId, {
				outcome: 'confirmed',
				agreement: made,
				reconciled: true,
				requestId,
				correlationId,
			});
			this.earlierTries.remember(item, { outcome: 'confirmed', key, json });
			return this.toConfirmed(key, json);
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

	private async write(
		item: number,
		request: Request,
		call: CallOptions,
		{ includeExisting }: Wishes,
		history: History,
	): Promise<Routed> {
		const { customerId, agreement, more } = request;
		const key = keyOf(request);
		const { client } = this.access;
		const result = await client.confirmAgreement(customerId, agreement, call, history, more);
		if (result.outcome === 'confirmed') {
			const json = confirmedJson(customerId, result);
			this.earlierTries.remember(item, { outcome: 'confirmed', key, json });
			return this.toConfirmed(key, json);
		}
		const json = alreadyExistsJson(customerId, agreement, result);
		if (includeExisting) {
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

	private toAlreadyExists(item: number, key: string, json: IDataObject): Routed {
		this.counts.alreadyExists += 1;
		this.knownToExist.add(key);
		this.earlierTries.remember(item, { outcome: 'alreadyExists', key });
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
