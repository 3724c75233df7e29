/**
 * The documented write, `POST /v1/customers/{id}/agreements`, in the variations that tell apart what
 * Microsoft leaves open. The contact is fictional, at a domain that takes no mail (RFC 2606), and new
 * in each run, so that the first confirmation is never a duplicate.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ApiClient, Exchange } from '../wire/ApiClient';
import { collectionOf, contactSchema, refusalSchema, templateSchema } from '../wire/shapes';
import { auditLook, type AuditLook } from './auditLatency';
import { agreementList } from './agreementLists';

type Contact = z.output<typeof contactSchema>;

export interface Confirmations {
	contact: Contact;
	first: Exchange;
	accepted: boolean;
	/** The rest is asked only after an acceptance. The activity log, at once. */
	auditLook?: AuditLook;
	/** The same body with the same MS-RequestId. */
	sameRequestId?: Exchange;
	/** The same body with another one. */
	again?: Exchange;
	/** Agreed to tomorrow, by another contact. */
	future?: Exchange;
	/** Without its type, by another contact. */
	withoutType?: Exchange;
	/** Of a contact with a first name of 100 letters. */
	longName?: Exchange;
	/** Of a contact with a telephone number that is none. */
	oddPhone?: Exchange;
	/** Of the Microsoft Cloud Agreement, by another contact. */
	cloud?: Exchange;
	/** How the list shows the contact. */
	listed?: Contact;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const metadataSchema = collectionOf(templateSchema);

export async function confirmations(client: ApiClient, customer: string): Promise<Confirmations> {
	const body = await newConfirmation(client);
	const { primaryContact: contact } = body;
	const cloudTemplateId = await templateOf(client, 'MicrosoftCloudAgreement');
	const confirm = async (changes: object = {}, requestId: string = randomUUID()) =>
		await client.call({
			method: 'POST',
			path: `/v1/customers/${customer}/agreements`,
			body: { ...body, ...changes },
			headers: { 'MS-RequestId': requestId },
		});
	const requestId = randomUUID();
	const first = await confirm({}, requestId);
	if (!isSuccess(first)) return { contact, first, accepted: false };
	return {
		contact,
		first,
		accepted: true,
		auditLook: await auditLook(client, customer, first),
		sameRequestId: await confirm({}, requestId),
		again: await confirm(),
		future: await confirm({
			primaryContact: newContact(),
			dateAgreed: new Date(Date.now() + DAY_MS).toISOString(),
		}),
		withoutType: await confirm({ primaryContact: newContact(), type: undefined }),
		longName: await confirm({ primaryContact: { ...newContact(), firstName: 'a'.repeat(100) } }),
		oddPhone: await confirm({ primaryContact: { ...newContact(), phoneNumber: 'none' } }),
		cloud: await confirm({
			primaryContact: newContact(),
			templateId: cloudTemplateId,
			type: 'MicrosoftCloudAgreement',
		}),
		...(await listedContact(client, customer, contact)),
	};
}

/** Of a contact that nobody confirmed before, agreed to yesterday. */
export async function newConfirmation(client: ApiClient) {
	return {
		primaryContact: newContact(),
		templateId: await templateOf(client, 'MicrosoftCustomerAgreement'),
		dateAgreed: new Date(Date.now() - DAY_MS).toISOString(),
		type: 'MicrosoftCustomerAgreement',
	};
}

export function isSuccess({ answer }: Exchange): boolean {
	return answer.status >= 200 && answer.status < 300;
}

/** Undefined when the answer is no refusal in either shape. */
export function refusalOf({ json }: Exchange): z.output<typeof refusalSchema> | undefined {
	const refusal = refusalSchema.safeParse(json);
	return refusal.success ? refusal.data : undefined;
}

/** Untidy in each of the ways that a service might tidy; the phone number is of the reserved 555 range. */
function newContact(): Contact {
	const number = String(randomInt(10_000_000)).padStart(7, '0');
	return {
		firstName: 'Probe  Zoe\u0308',
		lastName: 'van der  Contact',
		email: `Probe.${number}@Example.COM`,
		phoneNumber: `+1 (555) ${number.slice(0, 3)}-${number.slice(3)}`,
	};
}

async function templateOf(client: ApiClient, agreementType: string): Promise<string> {
	const { json } = await client.call({
		method: 'GET',
		path: '/v1/agreements',
		query: { agreementType },
	});
	return metadataSchema.parse(json).items[0]?.templateId ?? '';
}

/** The contact whose e-mail address is the one that was sent, but for the case of its letters. */
async function listedContact(
	client: ApiClient,
	customer: string,
	{ email }: Contact,
): Promise<{ listed?: Contact }> {
	const { agreements = [] } = await agreementList(client, customer, 'MicrosoftCustomerAgreement');
	const listed = agreements.find(
		({ primaryContact }) => primaryContact.email?.toLowerCase() === email?.toLowerCase(),
	);
	return listed === undefined ? {} : { listed: listed.primaryContact };
}
