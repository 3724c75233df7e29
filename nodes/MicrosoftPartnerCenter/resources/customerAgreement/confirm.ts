/**
 * Customer Agreement → Confirm: tells Partner Center that a customer accepted the Microsoft
 * Customer Agreement. A legal act, and Partner Center mails the contact: an item ends on Confirmed
 * only when Partner Center said so.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { duration, PartnerCenterError } from '../../client/errors';
import { findExisting, isIdentical } from '../../client/existingAgreement';
import {
	dateAgreedField,
	emailField,
	firstNameField,
	lastNameField,
	phoneNumberField,
	switchField,
	templateIdField,
} from '../../client/fields';
import { parseGuid } from '../../client/guid';
import type { AgreementList, History } from '../../client/PartnerCenterClient';
import type { CallOptions } from '../../client/Requester';
import { CUSTOMER_AGREEMENT, type AgreementToCreate } from '../../client/schemas';
import { currentTemplates } from '../../client/templates';
import { createClient, type ExecutionClient } from '../../n8n/client';
import { EarlierTries } from '../../n8n/earlierTries';
import type { Operation, OperationRun, PreparedItem, Routed } from '../../n8n/operation';
import { FieldFaults, readFields } from '../../n8n/parameters';
import { callOptionFields, callOptionsOfOneExecution } from '../callOptions';
import { CustomerResolver, customerField, laneOf } from '../customerLocator';
import { concurrencyOf, maxConcurrencyField } from '../maxConcurrency';
import { confirmFields } from './confirm.fields';
import { alreadyExistsJson, confirmedJson, dryRunJson, foundFirstJson } from './confirm.items';

const CONFIRMED = 0;
const ALREADY_EXISTS = 1;

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
	start: (context) => new ConfirmRun(context),
};

/** One item's request, ready to be sent. */
interface Request {
	customerId: string;
	agreement: AgreementToCreate;
}

interface Wishes {
	checkFirst: boolean;
	dryRun: boolean;
	includeExisting: boolean;
}

class ConfirmRun implements OperationRun {
	private readonly access: ExecutionClient;
	private readonly earlierTries: EarlierTries;
	private readonly fields: ReturnType<typeof fieldsIn>;
	private readonly callOptions = callOptionsOfOneExecution();
	private readonly resolveTemplate: ReturnType<typeof currentTemplates>;
	readonly concurrency: () => number;
	private readonly resolver: CustomerResolver;
	private readonly counts = { confirmed: 0, alreadyExists: 0, wouldConfirm: 0, wouldExist: 0 };
	/** Customer and contact of what this execution has confirmed. */
	private readonly confirmedHere = new Set<string>();
	/** The same for dry runs, which confirm nobody. */
	private readonly wouldConfirmHere = new Set<string>();

	constructor(private readonly context: IExecuteFunctions) {
		this.access = createClient(context);
		this.concurrency = concurrencyOf(context, this.access.throttle);
		this.resolver = new CustomerResolver(this.access.client.customers);
		this.earlierTries = new EarlierTries(context);
		this.fields = fieldsIn(context.getTimezone());
		this.resolveTemplate = currentTemplates(this.access.client, CUSTOMER_AGREEMENT);
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
				return [await this.decide(item, { customerId, agreement }, call, values)];
			},
		};
	}

	private async templateId(wanted: string | undefined, call: CallOptions): Promise<string> {
		const resolved = await this.resolveTemplate(wanted, call);
		if ('templateId' in resolved) return resolved.templateId;
		throw new FieldFaults([{ label: 'Template ID', ...resolved }]);
	}

	private async decide(
		item: number,
		request: Request,
		call: CallOptions,
		wishes: Wishes,
	): Promise<Routed> {
		const earlier = this.earlierTries.find(item, request);
		if (earlier !== undefined && 'confirmed' in earlier) {
			return this.toConfirmed(request, earlier.confirmed);
		}

		if (wishes.checkFirst || wishes.dryRun) {
			const list = await this.access.client.getAgreements(
				request.customerId,
				CUSTOMER_AGREEMENT,
				call,
			);
			const found = this.lookFirst(request, list, wishes);
			if (found !== undefined) return found;
		}
		const history = {
			confirmed: this.confirmedHere.has(keyOf(request)),
			unanswered: earlier !== undefined,
		};
		return await this.write(item, request, call, wishes, history).catch((error: unknown) => {
			if (error instanceof PartnerCenterError && error.outcomeUnknown) {
				this.earlierTries.remember(item, request, { unanswered: true });
			}
			throw error;
		});
	}

	/** What the customer's agreements tell before anything is written; undefined to go on and write. */
	private lookFirst(
		request: Request,
		list: AgreementList,
		{ dryRun, includeExisting }: Wishes,
	): Routed | undefined {
		const { customerId, agreement } = request;
		const identical = findExisting(
			list.agreements.filter((one) => isIdentical(one, agreement)),
			agreement,
		);
		const isRepeated = dryRun && this.wouldConfirmHere.has(keyOf(request));
		if (identical !== null || isRepeated) {
			const json = foundFirstJson(customerId, agreement, list, identical !== null);
			if (includeExisting) json.existingAgreement = identical as IDataObject | null;
			if (!dryRun) return this.toAlreadyExists(json);
			this.counts.wouldExist += 1;
			return { output: ALREADY_EXISTS, json: { ...json, dryRun } };
		}
		if (!dryRun) return undefined;
		this.counts.wouldConfirm += 1;
		this.wouldConfirmHere.add(keyOf(request));
		return { output: CONFIRMED, json: { ...dryRunJson(customerId, agreement, list), dryRun } };
	}

	private async write(
		item: number,
		request: Request,
		call: CallOptions,
		{ includeExisting }: Wishes,
		history: History,
	): Promise<Routed> {
		const { customerId, agreement } = request;
		const { client } = this.access;
		const result = await client.confirmAgreement(customerId, agreement, call, history);
		if (result.outcome === 'confirmed') {
			const json = confirmedJson(customerId, result);
			this.earlierTries.remember(item, request, { confirmed: json });
			return this.toConfirmed(request, json);
		}
		const json = alreadyExistsJson(customerId, agreement, result);
		if (includeExisting) {
			json.existingAgreement = await this.findExistingAgreement(request, call);
		}
		return this.toAlreadyExists(json);
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

	private toConfirmed(request: Request, json: IDataObject): Routed {
		this.counts.confirmed += 1;
		this.confirmedHere.add(keyOf(request));
		return { output: CONFIRMED, json };
	}

	private toAlreadyExists(json: IDataObject): Routed {
		this.counts.alreadyExists += 1;
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

	finish(failed: number): void {
		if (failed === 0) this.earlierTries.forget();
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

function keyOf({ customerId, agreement: { primaryContact, templateId } }: Request): string {
	const { firstName, lastName, email, phoneNumber = '' } = primaryContact;
	return JSON.stringify([customerId, firstName, lastName, email, phoneNumber, templateId]);
}
