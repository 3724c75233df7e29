/**
 * What the trigger can wait for, and which audit records match.
 *
 * Resources and operations: https://learn.microsoft.com/partner-center/developer/auditing-resources
 */
import type { INodePropertyOptions } from 'n8n-workflow';

import type { AuditRecord } from '../client/AuditRecords';

export interface PartnerEvent {
	/** The value of the field 'Event'. */
	value: string;
	/** What a poll remembers belongs to this key; another event, or other filters, begin anew. */
	key: string;
	name: string;
	description: string;
	/** What Partner Center filters by; undefined where it is asked for all records. */
	resourceType: string | undefined;
	/** Undefined for any. */
	operationType: string | undefined;
	/** Undefined for any. */
	operationStatus: string | undefined;
}

/** What the user narrows 'Any Audit Event' down to; empty texts are no filter. */
export interface AuditFilters {
	resourceType: string;
	operationType: string;
	operationStatus: string;
}

/** Records of acts that failed or are under way have another status. */
const SUCCEEDED = 'succeeded';

function succeededEvent(
	value: string,
	name: string,
	description: string,
	operationType: string,
	resourceType?: string,
): PartnerEvent {
	const operationStatus = SUCCEEDED;
	return { value, key: value, name, description, resourceType, operationType, operationStatus };
}

const agreementConfirmed = succeededEvent(
	'agreementConfirmed',
	'Agreement Confirmed',
	"A customer's acceptance of an agreement was confirmed by the partner",
	'create_agreement',
	'Agreement',
);

const customerAdded = succeededEvent(
	'customerAdded',
	'Customer Added',
	'A customer was added to the partner',
	'add_customer',
	'Customer',
);

/** Which resource the records of a relationship name is not documented, so all records are read. */
const relationshipAccepted = succeededEvent(
	'relationshipAccepted',
	'Relationship Accepted',
	'A relationship with the partner was accepted',
	'create_partner_relationship',
);

const relationshipRemoved = succeededEvent(
	'relationshipRemoved',
	'Relationship Removed',
	'The relationship with a customer was ended',
	'remove_partner_customer_relationship',
);

const anyAuditEvent: PartnerEvent = {
	value: 'anyAuditEvent',
	key: 'anyAuditEvent',
	name: 'Any Audit Event',
	description: "Anything in Partner Center's record of activity, or what the filters leave of it",
	resourceType: undefined,
	operationType: undefined,
	operationStatus: undefined,
};
export const ANY_AUDIT_EVENT = anyAuditEvent.value;

const EVENTS: readonly PartnerEvent[] = [
	agreementConfirmed,
	anyAuditEvent,
	customerAdded,
	relationshipAccepted,
	relationshipRemoved,
];

export const DEFAULT_EVENT = agreementConfirmed.value;

export const eventOptions: INodePropertyOptions[] = EVENTS.map(({ value, name, description }) => ({
	name,
	value,
	description,
}));

/** The event's name, for the canvas. */
export const eventNames = Object.fromEntries(EVENTS.map(({ value, name }) => [value, name]));

/** Microsoft writes `create_agreement`; its SDK writes `CreateAgreement`, some records too. */
const normalized = (text: string) => text.replaceAll('_', '').toLowerCase();

/**
 * @param filters of 'Any Audit Event'; the other events have none
 * @returns undefined for a value that the form does not offer
 */
export function findEvent(value: unknown, filters?: AuditFilters): PartnerEvent | undefined {
	const event = EVENTS.find((one) => one.value === value);
	if (event !== anyAuditEvent || filters === undefined) return event;
	const { resourceType, operationType, operationStatus } = filters;
	const given = [resourceType, operationType, operationStatus].map(normalized);
	return {
		...event,
		// Other filters let other records through, so what was remembered for the old ones is not used.
		key: given.some((text) => text !== '') ? `${event.key} ${given.join(' ')}` : event.key,
		resourceType: resourceType || undefined,
		operationType: operationType || undefined,
		operationStatus: operationStatus || undefined,
	};
}

/** Whether the record says that this happened. */
export function isEvent(event: PartnerEvent, record: AuditRecord): boolean {
	const { operationType, operationStatus } = event;
	const isOperation =
		operationType === undefined || normalized(record.operationType) === normalized(operationType);
	const status = normalized(record.operationStatus ?? '');
	return isOperation && (operationStatus === undefined || status === normalized(operationStatus));
}
