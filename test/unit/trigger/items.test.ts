/** What the workflow gets of an audit record. */
import type { AuditRecord } from '../../../nodes/MicrosoftPartnerCenter/client/AuditRecords';
import { findEvent, type PartnerEvent } from '../../../nodes/MicrosoftPartnerCenter/trigger/events';
import { asItem } from '../../../nodes/MicrosoftPartnerCenter/trigger/items';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const CONFIRMED = findEvent('agreementConfirmed') as PartnerEvent;
const record = (at: number, more: Partial<AuditRecord> = {}): AuditRecord => ({
	id: `partner_customer_createagreement_${at}`,
	operationType: 'create_agreement',
	operationStatus: 'succeeded',
	operationDate: new Date(at).toISOString().replace('Z', '0000Z'),
	resourceType: 'agreement',
	...more,
});

describe('an item', () => {
	const full = record(NOW, {
		customerId: 'c',
		customerName: 'Contoso',
		userPrincipalName: 'admin@partner.example',
		resourceNewValue: '{"TemplateId":"t","PrimaryContact":{"Email":"a@b.example"}}',
		originalCorrelationId: 'x',
		partnerId: 'p',
	});

	it('has the event and its resource', () => {
		expect(asItem(full, CONFIRMED, true)).toEqual({
			json: {
				id: full.id,
				event: 'agreementConfirmed',
				customerId: 'c',
				customerName: 'Contoso',
				operationDate: '2026-11-20T10:00:00.0000000Z',
				userPrincipalName: 'admin@partner.example',
				correlationId: 'x',
				resource: { TemplateId: 't', PrimaryContact: { Email: 'a@b.example' } },
			},
		});
	});

	it('is the record itself when it is not simplified', () => {
		expect(asItem(full, CONFIRMED, false)).toEqual({ json: full });
	});

	it.each([
		[null, null],
		['', null],
		['not JSON', 'not JSON'],
		['[1]', [1]],
	])('has a resource of %j as %j', (resourceNewValue, resource) => {
		expect(asItem({ ...full, resourceNewValue }, CONFIRMED, true).json.resource).toEqual(resource);
	});

	it('says what is not there as null', () => {
		expect(asItem(record(NOW), CONFIRMED, true).json).toMatchObject({
			customerId: null,
			customerName: null,
			userPrincipalName: null,
			correlationId: null,
			resource: null,
		});
	});

	it('of any event says what happened, and what came of it', () => {
		const any = findEvent('anyAuditEvent') as PartnerEvent;
		expect(asItem(record(NOW, { operationStatus: 'failed' }), any, true).json).toMatchObject({
			event: 'anyAuditEvent',
			resourceType: 'agreement',
			operationType: 'create_agreement',
			operationStatus: 'failed',
		});
	});
});
