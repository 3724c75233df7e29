/**
 * Customer Agreement → Confirm: tells Partner Center that a customer accepted the Microsoft
 * Customer Agreement. A legal act, and Partner Center mails the contact: an item ends on Confirmed
 * only when Partner Center said so.
 *
 * Here is how an item is prepared: its fields, its customer, its template, its
 * turn. What becomes of it is decided in `confirm.decide.ts`; what it carries is in
 * `confirm.items.ts`.
 */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { CallOptions } from '../../client/Requester';
import { CUSTOMER_AGREEMENT, type AgreementToCreate } from '../../client/schemas';
import type { TemplateResolver } from '../../client/templates';
import { notATemplate } from '../../messages/explain';
import { duration } from '../../messages/words';
import type { ExecutionClient } from '../../n8n/client';
import { cancelSignalOf } from '../../n8n/context';
import { CustomerOrder } from '../../n8n/CustomerOrder';
import { withCustomerLock } from '../../n8n/customerState';
import { EarlierTries } from '../../n8n/earlierTries';
import type { OperationRun, PreparedItem, Routed, StartOperation } from '../../n8n/operation';
import { FieldFaults, readFields, type FieldValues } from '../../n8n/parameters';
import { customerAgreementTemplates } from '../customerAgreementTemplates';
import { CustomerResolver, laneOf } from '../CustomerResolver';
import { callOptionsOfOneExecution, concurrencyOf } from '../runs';
import { ConfirmDecider } from './confirm.decide';
import { form } from './confirm.fields';

type ConfirmValues = FieldValues<typeof form.fields>;

/** An item whose fields are read. */
interface ReadItem {
	item: number;
	values: ConfirmValues;
	call: CallOptions;
}

class ConfirmRun implements OperationRun {
	readonly concurrency: () => number;
	private readonly callOptions = callOptionsOfOneExecution();
	private readonly templates: TemplateResolver;
	private readonly resolver: CustomerResolver;
	private readonly earlierTries: EarlierTries;
	private readonly decider: ConfirmDecider;
	/** Items that wait for their turn leave when the run is stopped or cancelled. */
	private readonly halt = new AbortController();
	private readonly order = new CustomerOrder(this.halt.signal);

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly access: ExecutionClient,
	) {
		const { client, clock, throttle } = access;
		this.concurrency = concurrencyOf(context, throttle);
		this.templates = customerAgreementTemplates(access);
		this.resolver = new CustomerResolver(client.customers, clock);
		this.earlierTries = new EarlierTries(context);
		const { templates, earlierTries } = this;
		this.decider = new ConfirmDecider({ agreements: client.agreements, templates, earlierTries });
		const cancel = cancelSignalOf(context);
		cancel?.addEventListener('abort', () => this.stop(), { once: true });
		if (cancel?.aborted === true) this.stop();
	}

	stop(): void {
		this.halt.abort();
	}

	prepare(item: number): PreparedItem {
		const values = readFields(this.context, item, form.fields);
		const { customer } = values;
		const call = this.callOptions(values);
		this.order.add(item, customer);
		return {
			// Items of one customer wait for each other without taking a place among those under way.
			lane: laneOf(customer),
			run: async () => {
				let customerId: string | undefined;
				try {
					customerId = (await this.resolver.resolve(customer, call)).customerId;
					if ('domain' in customer) this.order.found(customer.domain, customerId);
					return await this.confirm(customerId, { item, values, call });
				} finally {
					this.order.done(item, customer, customerId);
				}
			},
		};
	}

	/** @returns undefined when the run was stopped before the customer's turn had come */
	private async confirm(
		customerId: string,
		{ item, values, call }: ReadItem,
	): Promise<Routed[] | undefined> {
		const { customer } = values;
		const agreement = await this.agreementOf(values, call);
		if (!(await this.order.turnOf(item, customer, customerId))) return undefined;
		const baseUrl = await this.access.baseUrl();
		return await withCustomerLock(baseUrl, customerId, this.halt.signal, async (customerState) => [
			await this.decider.decide(
				{ customerId, agreement, extraBody: values.extraBody },
				{ number: item, call, choices: values, customerState },
			),
		]);
	}

	private async agreementOf(values: ConfirmValues, call: CallOptions): Promise<AgreementToCreate> {
		const { firstName, lastName, email, phoneNumber, dateAgreed } = values;
		return {
			primaryContact: {
				firstName,
				lastName,
				email,
				...(phoneNumber === undefined ? {} : { phoneNumber }),
			},
			templateId: await this.templateId(values.templateId, call),
			dateAgreed,
			type: CUSTOMER_AGREEMENT,
		};
	}

	private async templateId(given: string | undefined, call: CallOptions): Promise<string> {
		const resolved = await this.templates.resolve(given, call);
		if ('templateId' in resolved) return resolved.templateId;
		const fault = notATemplate(given ?? '', resolved.listed);
		throw new FieldFaults([{ label: 'Template ID', ...fault }]);
	}

	progress(): string {
		const { confirmed } = this.decider.counts;
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
		const { confirmed, alreadyExists, wouldConfirm, wouldExist } = this.decider.counts;
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

export const start: StartOperation = (context, access) => new ConfirmRun(context, access);
