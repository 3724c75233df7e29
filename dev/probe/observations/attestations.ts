/**
 * The enhanced attestation, `POST /v1/attestations/enhanced`: asked for in the name of the customer
 * that may be written to. Nobody is mailed: vendors send the link themselves.
 */
import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { ApiClient, Exchange } from '../wire/ApiClient';
import { agreementList } from './agreementLists';
import { isSuccess } from './confirmations';

const createdSchema = z
	.object({ attestationId: z.string().optional(), status: z.string().optional() })
	.passthrough();

export interface Attestations {
	created: Exchange;
	/** Undefined when it was refused. */
	answer: z.output<typeof createdSchema> | undefined;
	/** Whether the customer has an agreement by this signatory now, though no call created one. */
	hasAgreement: boolean;
}

const companySchema = z.object({ companyProfile: z.object({ companyName: z.string() }) });

export async function attestations(client: ApiClient, customer: string): Promise<Attestations> {
	const found = await client.call({ method: 'GET', path: `/v1/customers/${customer}` });
	const { companyName } = companySchema.parse(found.json).companyProfile;
	const signatoryLastName = `Probe ${randomInt(1_000_000)}`;
	const created = await client.call({
		method: 'POST',
		path: '/v1/attestations/enhanced',
		as: 'app',
		body: {
			country: 'US',
			language: 'en-US',
			companyName,
			signatoryFirstName: 'Contoso',
			signatoryLastName,
		},
	});
	const answer = createdSchema.safeParse(created.json);
	if (!isSuccess(created) || !answer.success) {
		return { created, answer: undefined, hasAgreement: false };
	}
	const { agreements = [] } = await agreementList(client, customer, 'MicrosoftCustomerAgreement');
	const hasAgreement = agreements.some(
		({ primaryContact }) => primaryContact.lastName === signatoryLastName,
	);
	return { created, answer: answer.data, hasAgreement };
}
