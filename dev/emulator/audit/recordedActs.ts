/**
 * The records of what the emulator itself does. What Microsoft writes about an agreement is not
 * documented: its values are the agreement's own, in the PascalCase of all records.
 */
import type { Customer, StoredAgreement } from '../state';
import type { AuditRecordInput } from './auditRecord';

export function agreementCreated(customer: Customer, agreement: StoredAgreement): AuditRecordInput {
	return act('create_agreement', customer, agreement.templateId, agreement, {
		AgreementType: agreement.type,
		TemplateId: agreement.templateId,
	});
}

/** @param shown the customer as the API shows it */
export function customerAdded(
	customer: Customer,
	shown: Record<string, unknown>,
): AuditRecordInput {
	return act('add_customer', customer, customer.id, shown, {
		PrimaryDomainName: customer.domain,
		Relationship: customer.relationshipToPartner === 'reseller' ? 'Reseller' : 'None',
	});
}

/** In the integration sandbox only. */
export function customerDeleted(customer: Customer): AuditRecordInput {
	return act('delete_customer', customer, customer.id, {});
}

/** @param order as the API shows it */
export function orderCreated(customer: Customer, orderId: string, order: object): AuditRecordInput {
	return act('create_order', customer, orderId, order);
}

/**
 * The customer accepted the partner's link, or the relationship was ended. The operations are in
 * auditing-resources; which of them stands for an acceptance, and what comes with it, is not.
 */
export function relationshipChanged(customer: Customer): AuditRecordInput {
	const isAccepted = customer.relationshipToPartner !== 'none';
	return act(
		isAccepted ? 'create_partner_relationship' : 'remove_partner_customer_relationship',
		customer,
		customer.id,
		{ customerId: customer.id, relationshipToPartner: customer.relationshipToPartner },
	);
}

/** What each operation is done to. */
const RESOURCES = {
	create_agreement: 'agreement',
	add_customer: 'customer',
	delete_customer: 'customer',
	create_order: 'order',
	create_partner_relationship: 'partner_relationship',
	remove_partner_customer_relationship: 'partner_customer_relationship',
} as const;

function act(
	operationType: keyof typeof RESOURCES,
	customer: Customer,
	resourceId: string,
	newValue: object,
	customizedData: Record<string, string> = {},
): AuditRecordInput {
	return {
		customerId: customer.id,
		customerName: customer.companyName,
		resourceType: RESOURCES[operationType],
		resourceId,
		resourceNewValue: JSON.stringify(pascalCased(newValue)),
		operationType,
		customizedData: Object.entries(customizedData).map(([key, value]) => ({ key, value })),
	};
}

function pascalCased(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(pascalCased);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [
			name.charAt(0).toUpperCase() + name.slice(1),
			pascalCased(inner),
		]),
	);
}
