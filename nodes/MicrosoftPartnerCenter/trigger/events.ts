/**
 * What the trigger can wait for, and which audit records are it.
 *
 * Resources and operations: https://learn.microsoft.com/partner-center/developer/auditing-resources
 */
import type { INodePropertyOptions } from 'n8n-workflow';

import type { AuditRecord } from '../client/AuditRecords';

export interface PartnerEvent {
	/** The value of the field 'Event'. */
	value: string;
	name: string;
	description: string;
	/** What Partner Center filters by. */
	resourceType: string;
	operationType: string;
}

const agreementConfirmed: PartnerEvent = {
	value: 'agreementConfirmed',
	name: 'Agreement Confirmed',
	description: "A customer's acceptance of an agreement was confirmed by the partner",
	resourceType: 'Agreement',
	operationType: 'create_agreement',
};

const customerAdded: PartnerEvent = {
	value: 'customerAdded',
	name: 'Customer Added',
	description: 'A customer was added to the partner',
	resourceType: 'Customer',
	operationType: 'add_customer',
};

const EVENTS: readonly PartnerEvent[] = [agreementConfirmed, customerAdded];

export const DEFAULT_EVENT = agreementConfirmed.value;

export const eventOptions: INodePropertyOptions[] = EVENTS.map(({ value, name, description }) => ({
	name,
	value,
	description,
}));

/** @returns undefined for a value that the form does not offer */
export function findEvent(value: unknown): PartnerEvent | undefined {
	return EVENTS.find((event) => event.value === value);
}

/** Microsoft writes `create_agreement`; its SDK writes `CreateAgreement`. */
const plain = (text: string) => text.replaceAll('_', '').toLowerCase();

/** Whether the record says that this happened; an act under way or failed has not. */
export function isEvent(
	{ operationType }: PartnerEvent,
	{ operationType: recorded, operationStatus }: AuditRecord,
): boolean {
	return plain(recorded) === plain(operationType) && plain(operationStatus ?? '') === 'succeeded';
}
