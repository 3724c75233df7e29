/**
 * Microsoft Partner Center as a program sees it: one method per API call, typed outcomes, in a class
 * for each resource. Knows nothing of n8n; whoever uses it supplies what sends, a clock and ids.
 */
import { Agreements } from './Agreements';
import { Attestations } from './Attestations';
import { AuditRecords } from './AuditRecords';
import { Customers } from './Customers';
import { Documents } from './Documents';
import { Requester, type RequesterOptions } from './Requester';

export class PartnerCenterClient {
	readonly agreements: Agreements;
	readonly attestations: Attestations;
	readonly auditRecords: AuditRecords;
	readonly customers: Customers;
	readonly documents: Documents;

	constructor(options: RequesterOptions) {
		const requester = new Requester(options);
		this.agreements = new Agreements(requester, options.newId);
		this.attestations = new Attestations(requester);
		this.auditRecords = new AuditRecords(requester);
		this.customers = new Customers(requester);
		this.documents = new Documents(requester);
	}
}
