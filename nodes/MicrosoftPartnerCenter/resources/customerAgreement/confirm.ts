/**
 * Customer Agreement → Confirm: tells Partner Center that a customer accepted the Microsoft
 * Customer Agreement. A legal act, and Partner Center mails the contact: an item ends on Confirmed
 * only when Partner Center said so.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { findExisting } from '../../client/existingAgreement';
import {
	customerIdField,
	dateAgreedField,
	emailField,
	firstNameField,
	lastNameField,
	phoneNumberField,
	switchField,
	templateIdField,
	wholeNumberField,
} from '../../client/fields';
import type {
	AlreadyExists,
	CallOptions,
	Confirmed,
	PartnerCenterClient,
} from '../../client/PartnerCenterClient';
import { CUSTOMER_AGREEMENT, type AgreementToCreate } from '../../client/schemas';
import { currentTemplates } from '../../client/templates';
import { createClient } from '../../n8n/client';
import { EarlierTries } from '../../n8n/earlierTries';
import type { Operation, OperationRun, PreparedItem, Routed } from '../../n8n/operation';
import { FieldFaults, readFields } from '../../n8n/parameters';
import { callOptionFields, callOptionsOfOneExecution } from '../callOptions';
import { confirmFields, DEFAULT_MAX_CONCURRENCY, MOST_CONCURRENCY } from './confirm.fields';

const CONFIRMED = 0;
const ALREADY_EXISTS = 1;

function fieldsAt(timeZone: string) {
	return {
		customerId: {
			name: 'customerId',
			label: 'Customer',
			schema: customerIdField,
			locator: true,
		},
		firstName: { name: 'firstName', label: 'First Name', schema: firstNameField },
		lastName: { name: 'lastName', label: 'Last Name', schema: lastNameField },
		email: { name: 'email', label: 'Email', schema: emailField },
		dateAgreed: {
			name: 'dateAgreed',
			label: 'Date Agreed',
			schema: dateAgreedField({ timeZone, now: Date.now() }),
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
		includeExisting: {
			name: 'options.includeExisting',
			label: 'Include Existing Agreement',
			schema: switchField,
			fallback: true,
		},
		maxConcurrency: {
			name: 'options.maxConcurrency',
			label: 'Max Concurrency',
			schema: wholeNumberField(1, MOST_CONCURRENCY),
			fallback: DEFAULT_MAX_CONCURRENCY,
		},
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

class ConfirmRun implements OperationRun {
	private readonly client: PartnerCenterClient;
	private readonly earlierTries: EarlierTries;
	private readonly callOptions = callOptionsOfOneExecution();
	private readonly resolveTemplate: ReturnType<typeof currentTemplates>;
	private maxConcurrency = DEFAULT_MAX_CONCURRENCY;
	private confirmed = 0;
	private confirmedBefore = 0;

	constructor(private readonly context: IExecuteFunctions) {
		this.client = createClient(context);
		this.earlierTries = new EarlierTries(context);
		this.resolveTemplate = currentTemplates(this.client, CUSTOMER_AGREEMENT);
	}

	concurrency(): number {
		return this.maxConcurrency;
	}

	prepare(item: number): PreparedItem {
		const values = readFields(this.context, item, fieldsAt(this.context.getTimezone()));
		if (item === 0) this.maxConcurrency = values.maxConcurrency;
		const { customerId, firstName, lastName, email, phoneNumber } = values;
		const call = this.callOptions(values);
		return {
			// One customer's items keep their order, so that a repeated one always ends the same way.
			lane: customerId,
			run: async () => {
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
				return [await this.confirmOne(item, customerId, agreement, call, values.includeExisting)];
			},
		};
	}

	private async templateId(wanted: string | undefined, call: CallOptions): Promise<string> {
		const resolved = await this.resolveTemplate(wanted, call);
		if ('templateId' in resolved) return resolved.templateId;
		throw new FieldFaults([{ label: 'Template ID', ...resolved }]);
	}

	private async confirmOne(
		item: number,
		customerId: string,
		agreement: AgreementToCreate,
		call: CallOptions,
		includeExisting: boolean,
	): Promise<Routed> {
		const request = { customerId, agreement };
		const earlier = this.earlierTries.find(item, request);
		if (earlier !== undefined) {
			this.confirmed += 1;
			return { output: CONFIRMED, json: earlier };
		}
		const result = await this.client.confirmAgreement(customerId, agreement, call);
		if (result.outcome === 'confirmed') {
			const json = confirmedJson(customerId, result);
			this.earlierTries.remember(item, request, json);
			this.confirmed += 1;
			return { output: CONFIRMED, json };
		}
		const json = alreadyExistsJson(customerId, agreement, result);
		if (includeExisting) {
			json.existingAgreement = await this.findExistingAgreement(customerId, agreement, call);
		}
		this.confirmedBefore += 1;
		return { output: ALREADY_EXISTS, json };
	}

	/** Null when it can't be read: the outcome is known without it. */
	private async findExistingAgreement(
		customerId: string,
		agreement: AgreementToCreate,
		call: CallOptions,
	): Promise<IDataObject | null> {
		try {
			const all = await this.client.getAgreements(customerId, CUSTOMER_AGREEMENT, call);
			return findExisting(all, agreement) as IDataObject | null;
		} catch {
			return null;
		}
	}

	failedItem(item: number): IDataObject {
		return { outcome: 'failed', customerId: this.customerIdAsGiven(item) };
	}

	private customerIdAsGiven(item: number): string | null {
		try {
			const given = this.context.getNodeParameter('customerId', item, '', { extractValue: true });
			return typeof given === 'string' ? given : null;
		} catch {
			return null;
		}
	}

	progress(): string {
		const { confirmed } = this;
		if (confirmed === 0) return 'No customer was confirmed in this run.';
		const customers = confirmed === 1 ? '1 customer was' : `${confirmed} customers were`;
		return `${customers} confirmed in this run; run again, they come out on Already Exists.`;
	}

	finish(failed: number): void {
		if (failed === 0) this.earlierTries.forget();
	}

	summary(failed: number): string {
		const parts = [
			`${this.confirmed} confirmed`,
			`${this.confirmedBefore} already there`,
			`${failed} failed`,
		];
		return `Customer agreements: ${parts.join(', ')}.`;
	}
}

function confirmedJson(customerId: string, result: Confirmed): IDataObject {
	return {
		...(result.agreement as IDataObject),
		customerId,
		outcome: 'confirmed',
		requestId: result.requestId,
		correlationId: result.correlationId,
	};
}

function alreadyExistsJson(
	customerId: string,
	agreement: AgreementToCreate,
	{ facts, requestId, correlationId }: AlreadyExists,
): IDataObject {
	return {
		outcome: 'alreadyExists',
		customerId,
		primaryContact: { ...agreement.primaryContact },
		dateAgreed: agreement.dateAgreed,
		templateId: agreement.templateId,
		code: Number(facts.code ?? 600061),
		errorName: facts.errorName ?? 'PartnerConfirmedAgreementAlreadyExists',
		message: facts.text ?? 'A partner confirmed agreement already exists for the customer.',
		requestId,
		correlationId,
	};
}
