/**
 * The enhanced attestation, `POST /v1/attestations/enhanced`: asked for in the name of the customer
 * that may be written to. Nobody is mailed: vendors send the link themselves. Where the customer's
 * page may be used as well, it is accepted there, and the last call made until it is answered.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ApiClient, Exchange } from '../wire/ApiClient';
import { agreementList } from './agreementLists';
import { isSuccess, newConfirmation } from './confirmations';

const createdSchema = z
	.object({ attestationId: z.string().optional(), status: z.string().optional() })
	.passthrough();

export interface Attestations {
	created: Exchange;
	/** Undefined when it was refused. */
	answer: z.output<typeof createdSchema> | undefined;
	/** Whether somebody accepted, or nobody had to. */
	isAccepted: boolean;
	/** Whether the customer has an agreement by this signatory now, though no call created one. */
	hasAgreement: boolean;
	/** Undefined where nobody accepted on the page, or the last call was refused all the time. */
	latency: AttestationLatency | undefined;
	/** Minutes until the link expires; undefined where nobody could try. */
	linkLifetime: number | undefined;
}

/** How long an acceptance takes to show. */
interface AttestationLatency {
	/** Seconds from the acceptance to the last call that was refused; 0 for none. */
	atLeast: number;
	/** Seconds to the answer of the call that was not. */
	atMost: number;
}

/** The customer, on its page, which is a person's in a tenant. */
export interface Acceptance {
	/** Answers when the acceptance was received, in milliseconds since 1970. */
	accept(attestationId: string): Promise<number>;
	/** Whether the link still leads to the agreement when it is so old. */
	isOpenAt(attestationId: string, minutes: number): Promise<boolean>;
	longestWaitSeconds: number;
}

const PAUSE_MS = 100;
/** A week: no vendor names a longer one. */
const LONGEST_LIFETIME_MINUTES = 10_080;
const companySchema = z.object({ companyProfile: z.object({ companyName: z.string() }) });

export async function attestations(
	client: ApiClient,
	customer: string,
	acceptance: Acceptance | undefined,
): Promise<Attestations> {
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
	const parsed = createdSchema.safeParse(created.json);
	const answer = isSuccess(created) && parsed.success ? parsed.data : undefined;
	const seen = { created, answer, isAccepted: answer?.status === 'accepted' };
	const id = answer?.attestationId;
	const canAccept = acceptance !== undefined && id !== undefined && !seen.isAccepted;
	const linkLifetime = canAccept ? await linkLifetimeOf(id, acceptance) : undefined;
	const latency = canAccept ? await latencyOf(client, customer, id, acceptance) : undefined;
	const isAccepted = seen.isAccepted || latency !== undefined;
	if (!isAccepted) return { ...seen, hasAgreement: false, latency, linkLifetime };
	const { agreements = [] } = await agreementList(client, customer, 'MicrosoftCustomerAgreement');
	const hasAgreement = agreements.some(
		({ primaryContact }) => primaryContact.lastName === signatoryLastName,
	);
	return { ...seen, isAccepted, hasAgreement, latency, linkLifetime };
}

/** Halves the span in which the link expires; afterwards it is as young as before. */
async function linkLifetimeOf(
	attestationId: string,
	{ isOpenAt }: Acceptance,
): Promise<number | undefined> {
	let open = 0;
	let expired = LONGEST_LIFETIME_MINUTES + 1;
	while (expired - open > 1) {
		const between = Math.floor((open + expired) / 2);
		if (await isOpenAt(attestationId, between)) open = between;
		else expired = between;
	}
	await isOpenAt(attestationId, 0);
	return expired > LONGEST_LIFETIME_MINUTES ? undefined : expired;
}

async function latencyOf(
	client: ApiClient,
	customer: string,
	attestationId: string,
	{ accept, longestWaitSeconds }: Acceptance,
): Promise<AttestationLatency | undefined> {
	const body = { ...(await newConfirmation(client)), attestationId };
	const path = `/v1/customers/${customer}/agreements`;
	const acceptedAt = await accept(attestationId);
	const since = (moment: number) => (moment - acceptedAt) / 1000;
	for (let atLeast = 0; ;) {
		const last = await client.call({ method: 'POST', path, body });
		if (isSuccess(last)) return { atLeast, atMost: since(last.answer.receivedAt) };
		atLeast = since(last.sentAt);
		if (atLeast > longestWaitSeconds) return undefined;
		await delay(PAUSE_MS);
	}
}
