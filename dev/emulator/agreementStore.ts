/**
 * Partner Center's memory: who the customers are and which agreements were confirmed for them.
 * Looking for a duplicate and writing happen in one synchronous step, so two requests at the same
 * moment can never both be confirmed.
 */
import { ZodError } from 'zod';
import {
	completeCustomer,
	seedCustomerSchema,
	stateSchema,
	type Contact,
	type Customer,
	type EmulatorState,
	type StoredAgreement,
} from './state';
import type { AgreementTemplate } from './templates';

export class AgreementStore {
	private current: EmulatorState;
	/** Where each customer stands in the list, which tests and the control API may change. */
	private readonly places = new Map<string, number>();

	constructor(initial: unknown) {
		this.current = stateSchema.parse(initial);
	}

	get state(): EmulatorState {
		return this.current;
	}

	/** Replaces everything. @throws ZodError when the shape is wrong; nothing changes then. */
	seed(state: unknown): void {
		this.current = stateSchema.parse(state);
	}

	customer(id: string): Customer | undefined {
		const wanted = id.toLowerCase();
		const { customers } = this.current;
		const isWanted = (customer?: Customer) => customer?.id.toLowerCase() === wanted;
		// With ten thousands of customers, looking through the list would be most of a request.
		const expected = customers[this.places.get(wanted) ?? -1];
		if (isWanted(expected)) return expected;
		this.places.clear();
		for (const [place, { id: known }] of customers.entries()) {
			if (!this.places.has(known.toLowerCase())) this.places.set(known.toLowerCase(), place);
		}
		return customers[this.places.get(wanted) ?? -1];
	}

	template(templateId: string): AgreementTemplate | undefined {
		return this.current.templates.find((template) => template.templateId === templateId);
	}

	/** @throws ZodError when the shape is wrong or the id is taken; nothing changes then. */
	addCustomer(input: unknown): Customer {
		const { customers, templates } = this.current;
		const customer = completeCustomer(templates, seedCustomerSchema.parse(input));
		if (this.customer(customer.id) !== undefined) {
			throw new ZodError([{ code: 'custom', path: ['id'], message: 'is a customer already' }]);
		}
		customers.push(customer);
		return customer;
	}

	/** The customer is gone, with everything of it. */
	removeCustomer({ id }: Customer): void {
		const { customers } = this.current;
		const place = customers.findIndex((customer) => customer.id === id);
		if (place !== -1) customers.splice(place, 1);
	}

	/** Adds the agreement, unless the customer already has one of this template with this contact. */
	confirm(customer: Customer, agreement: StoredAgreement): 'confirmed' | 'alreadyExists' {
		const exists = customer.agreements.some(
			(known) =>
				known.templateId === agreement.templateId &&
				sameContact(known.primaryContact, agreement.primaryContact),
		);
		if (exists) return 'alreadyExists';
		customer.agreements.push(agreement);
		return 'confirmed';
	}
}

/**
 * Case counts, and no phone number equals an empty one: so compares Microsoft's own sample
 * (Partner-Center-DotNet-Samples, ImportCustomersAgreement.cs).
 */
function sameContact(a: Contact, b: Contact): boolean {
	return (
		a.firstName === b.firstName &&
		a.lastName === b.lastName &&
		a.email === b.email &&
		(a.phoneNumber ?? '') === (b.phoneNumber ?? '')
	);
}
