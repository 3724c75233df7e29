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

function act(
	operationType: 'create_agreement' | 'add_customer',
	customer: Customer,
	resourceId: string,
	newValue: object,
	customizedData: Record<string, string>,
): AuditRecordInput {
	return {
		customerId: customer.id,
		customerName: customer.companyName,
		resourceType: operationType === 'add_customer' ? 'customer' : 'agreement',
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
