/**
 * The records of what the emulator itself does. What Microsoft writes about an agreement is not
 * documented: its values are the agreement's own, in the PascalCase of all records.
 */
import type { Customer, StoredAgreement } from '../state';
import type { AuditRecordInput } from './auditRecord';

export function agreementCreated(customer: Customer, agreement: StoredAgreement): AuditRecordInput {
	return {
		...about(customer),
		resourceType: 'agreement',
		resourceId: agreement.templateId,
		resourceNewValue: JSON.stringify(pascalCased(agreement)),
		operationType: 'create_agreement',
		customizedData: [
			{ key: 'AgreementType', value: agreement.type },
			{ key: 'TemplateId', value: agreement.templateId },
		],
	};
}

/** @param resource the customer as the API shows it */
export function customerAdded(
	customer: Customer,
	resource: Record<string, unknown>,
): AuditRecordInput {
	return {
		...about(customer),
		resourceType: 'customer',
		resourceId: customer.id,
		resourceNewValue: JSON.stringify(pascalCased(resource)),
		operationType: 'add_customer',
		customizedData: [
			{ key: 'PrimaryDomainName', value: customer.domain },
			{
				key: 'Relationship',
				value: customer.relationshipToPartner === 'reseller' ? 'Reseller' : 'None',
			},
		],
	};
}

function about({ id, companyName }: Customer): AuditRecordInput {
	return { customerId: id, customerName: companyName };
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
