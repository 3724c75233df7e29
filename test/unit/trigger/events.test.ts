/** Which audit records are an event, and what is remembered for which choice. */
import type { AuditRecord } from '../../../nodes/MicrosoftPartnerCenter/client/AuditRecords';
import {
	eventNames,
	eventOptions,
	findEvent,
	isEvent,
	type PartnerEvent,
} from '../../../nodes/MicrosoftPartnerCenter/trigger/events';

const record = (more: Partial<AuditRecord>): AuditRecord => ({
	id: '1',
	operationType: 'create_agreement',
	operationStatus: 'succeeded',
	operationDate: '2026-11-20T10:00:00Z',
	...more,
});
const eventOf = (...args: Parameters<typeof findEvent>) => findEvent(...args) as PartnerEvent;
const NONE = { resourceType: '', operationType: '', operationStatus: '' };

it.each([
	['agreementConfirmed', 'create_agreement'],
	['customerAdded', 'AddCustomer'],
	['relationshipAccepted', 'create_partner_relationship'],
	['relationshipRemoved', 'RemovePartnerCustomerRelationship'],
])('%s is %s, once it has succeeded', (value, operationType) => {
	const event = eventOf(value);
	expect(isEvent(event, record({ operationType }))).toBe(true);
	expect(isEvent(event, record({ operationType, operationStatus: 'progress' }))).toBe(false);
	expect(isEvent(event, record({ operationType, operationStatus: null }))).toBe(false);
	expect(isEvent(event, record({ operationType: 'create_order' }))).toBe(false);
});

it('what earlier versions remembered is found under the same key', () => {
	expect(eventOf('agreementConfirmed').key).toBe('agreementConfirmed');
	expect(eventOf('customerAdded').key).toBe('customerAdded');
});

it('any event is any, and narrowed down is remembered apart, in any spelling', () => {
	const any = eventOf('anyAuditEvent', NONE);
	expect(isEvent(any, record({ operationType: 'new', operationStatus: undefined }))).toBe(true);
	const orders = eventOf('anyAuditEvent', { ...NONE, operationType: 'create_order' });
	expect(isEvent(orders, record({ operationType: 'CreateOrder' }))).toBe(true);
	expect(isEvent(orders, record({}))).toBe(false);
	const same = eventOf('anyAuditEvent', { ...NONE, operationType: 'CreateOrder' });
	expect([orders.key === any.key, orders.key === same.key]).toEqual([false, true]);
});

it('the form, the canvas and the events have the same names', () => {
	expect(eventOptions.map(({ name, value }) => [value, name])).toEqual(Object.entries(eventNames));
	expect(findEvent('somethingElse')).toBeUndefined();
});
