/** Parts that several messages share, and the shape of an explanation. */
import type { ErrorFacts, Created, RequestIds } from '../client/errors';

/** What happened, and the next step. */
export interface Explanation {
	message: string;
	advice: string;
	/** The next step for a poll of the trigger, which has no item to run again; left out, the same. */
	pollAdvice?: string;
	/** The next step for a list in the form, which has no item either; left out, the poll's. */
	listAdvice?: string;
}

/** Who is told: an item of the node, a poll of the trigger, or a list in the form. */
export type ErrorPlace = 'item' | 'poll' | 'list';

export const IN_DOUBT: Readonly<Record<Created, string>> = {
	confirmation:
		"Whether the confirmation was recorded is not known. Look at the customer's agreements in Partner Center, or run this item again with the same contact: if it was recorded, it comes out on Already Exists or, as reconciled, on Confirmed.",
	attestation:
		'Whether the attestation was created is not known. Running this item again may create a second one.',
};

export function quote(facts: ErrorFacts, ids: RequestIds): string {
	const said = [
		`HTTP ${facts.status}`,
		facts.code === undefined ? undefined : `code ${facts.code}`,
		facts.errorName,
		facts.text === undefined ? undefined : `"${facts.text}"`,
		facts.details,
	].filter((part) => part !== undefined);
	return `Microsoft's answer: ${said.join(', ')}. ${quoteIds(ids)}`;
}

export function quoteIds(ids: RequestIds): string {
	return `MS-RequestId ${ids.requestId}, MS-CorrelationId ${ids.correlationId}.`;
}

export function afterRetries(retries: number): string {
	if (retries === 0) return '';
	return retries === 1 ? ', also after 1 retry' : `, also after ${retries} retries`;
}

/** Milliseconds in words: whole seconds, or minutes from two minutes on. */
export function duration(milliseconds: number): string {
	const seconds = Math.ceil(milliseconds / 1000);
	if (seconds >= 120) return `${Math.ceil(seconds / 60)} minutes`;
	return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
