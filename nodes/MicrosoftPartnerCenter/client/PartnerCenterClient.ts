/**
 * Microsoft Partner Center as a program sees it: one method per API call, typed outcomes, in a class
 * for each resource. Knows nothing of n8n; whoever uses it supplies
 * the function that sends, a clock and ids.
 */
import { Addresses } from './Addresses';
import { Agreements } from './Agreements';
import { Attestations } from './Attestations';
import { AuditRecords } from './AuditRecords';
import { Customers } from './Customers';
import { Documents } from './Documents';
import { Domains } from './Domains';
import { Relationships } from './Relationships';
import { Requester, type RequesterOptions } from './Requester';

export class PartnerCenterClient {
	readonly addresses: Addresses;
	readonly agreements: Agreements;
	readonly attestations: Attestations;
	readonly auditRecords: AuditRecords;
	readonly customers: Customers;
	readonly documents: Documents;
	readonly domains: Domains;
	readonly relationships: Relationships;

	constructor(options: RequesterOptions) {
		const requester = new Requester(options);
		this.addresses = new Addresses(requester);
		this.agreements = new Agreements(requester, options.newId);
		this.attestations = new Attestations(requester);
		this.auditRecords = new AuditRecords(requester);
		this.customers = new Customers(requester);
		this.documents = new Documents(requester);
		this.domains = new Domains(requester);
		this.relationships = new Relationships(requester);
	}
}
