/** Which agreements some customers have: one after another, until every kind of answer was seen. */
import type { z } from 'zod';
import type { ApiClient, Exchange } from '../wire/ApiClient';
import { agreementSchema, collectionOf, refusalSchema, type Refusal } from '../wire/shapes';

const listSchema = collectionOf(agreementSchema);

export interface AgreementList {
	status: number;
	/** Undefined when the answer is no list. */
	agreements: readonly z.output<typeof agreementSchema>[] | undefined;
	refusal: Refusal | undefined;
}

/** Calls are counted at Microsoft; these are enough to meet both kinds of customer. */
const CUSTOMERS = 8;

export async function agreementLists(
	client: ApiClient,
	customers: readonly string[],
): Promise<AgreementList[]> {
	const seen: AgreementList[] = [];
	for (const customer of [...new Set(customers)].slice(0, CUSTOMERS)) {
		for (const type of ['MicrosoftCustomerAgreement', 'MicrosoftCloudAgreement']) {
			seen.push(await agreementList(client, customer, type));
		}
	}
	return seen;
}

export async function agreementList(
	client: ApiClient,
	customer: string,
	agreementType: string,
): Promise<AgreementList> {
	return listOf(
		await client.call({
			method: 'GET',
			path: `/v1/customers/${customer}/agreements`,
			query: { agreementType },
		}),
	);
}

function listOf({ json, answer }: Exchange): AgreementList {
	const list = listSchema.safeParse(json);
	const refusal = refusalSchema.safeParse(json);
	return {
		status: answer.status,
		agreements: answer.status === 200 && list.success ? list.data.items : undefined,
		refusal: refusal.success ? refusal.data : undefined,
	};
}
