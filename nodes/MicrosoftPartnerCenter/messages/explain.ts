/**
 * What a failed call means to a person: what happened, and what to do. For an item, a poll of the
 * trigger, or a list in the form; those differ in what there is to run again. The sentences for
 * Partner Center's codes are in `errorCodes.ts`, those for Microsoft Entra's in `signIn.ts`.
 */
import { PartnerCenterError, type CustomerSummary, type Problem } from '../client/errors';
import type { BodyFault } from '../client/json';
import { inOneLine } from '../client/oneLine';
import { explainRefusal } from './errorCodes';
import { OTHER_WAYS, retirementIn } from './retirement';
import { explainSignIn } from './signIn';
import {
	afterRetries,
	duration,
	IN_DOUBT,
	quote,
	quoteIds,
	type Explanation,
	type ErrorPlace,
} from './words';

type Of<K extends Problem['kind']> = Extract<Problem, { kind: K }>;
type Explain = { [K in Problem['kind']]: (problem: Of<K>, where: ErrorPlace) => Explanation };

/** Finishes the sentence "… can't be read:". */
function faultOfBody(fault: BodyFault): string {
	switch (fault.is) {
		case 'empty':
			return 'it is empty';
		case 'webPage':
			return 'it is a web page, not JSON';
		case 'cutOff':
			return 'it is cut off or not valid JSON';
		case 'notJson':
			return 'it is not JSON';
		case 'tooDeep':
			return 'it is nested too deep';
		case 'tooLarge':
			return `it is larger than ${fault.limit / 1024 / 1024} MB`;
		case 'oddStatus':
			return `it came with HTTP status ${fault.status}`;
		case 'notExpected':
			return `it is not ${fault.expected}${fault.at === '' ? '' : ` ("${fault.at}")`}`;
		case 'unsigned':
			return "it lacks Partner Center's own headers";
		case 'different':
			return `"${fault.property}" differs`;
	}
}

function named(customers: CustomerSummary[]): string {
	return customers
		.slice(0, 5)
		.map(({ id, domain, companyName }) => `${domain} (${companyName ?? 'no name'}, ${id})`)
		.join('; ');
}

const nothingChanged = (where: ErrorPlace) =>
	where === 'item' ? 'Nothing was changed for this item. ' : '';
const WITHOUT_END: Pick<Explanation, 'advice' | 'pollAdvice'> = {
	advice: "Run this item again. If it stays so, set 'Limit' to fewer results than a page holds.",
	pollAdvice: 'If it stays so, report it.',
};

const EXPLAIN: Explain = {
	refused: ({ facts, call }, where) => {
		const { ids, inDoubt, retries, creates } = call;
		const { message, ...advices } = explainRefusal(facts, call);
		const next = adviceFor(where, advices);
		return {
			message: `${message}${afterRetries(retries)}`,
			advice: `${inDoubt ? IN_DOUBT[creates] : next} ${quote(facts, ids)}`,
		};
	},
	confirmationRefused: (problem, where) => {
		const { facts, call } = problem;
		const { ids, inDoubt, retries, creates } = call;
		const retired = retirementIn(facts);
		if (retired === 'yes') {
			const doubt = inDoubt ? `${IN_DOUBT[creates]} ` : '';
			return {
				message: `Partner Center answered that this way to confirm is retired${afterRetries(retries)}`,
				advice: `${doubt}${quote(facts, ids)} What to do: ${OTHER_WAYS}`,
			};
		}
		const refusal = EXPLAIN.refused({ ...problem, kind: 'refused' }, where);
		if (retired === 'no') return refusal;
		const hint = `Microsoft announced the retirement of this call for 5 January 2026. If that is the reason, ${OTHER_WAYS}`;
		return { message: refusal.message, advice: `${refusal.advice} ${hint}` };
	},
	unreadable: ({ status, fault, call }, where) => {
		const { ids, inDoubt, retries, creates } = call;
		const next =
			where === 'item'
				? 'Run this item again. If it stays so, check whether a proxy answers in place of Partner Center.'
				: 'If it stays so, check whether a proxy answers in place of Partner Center.';
		return {
			message: `Partner Center's answer can't be read: ${faultOfBody(fault)}${afterRetries(retries)}`,
			advice: `${inDoubt ? IN_DOUBT[creates] : next} ${quote({ status }, ids)}`,
		};
	},
	unverified: ({ status, fault, call: { ids, creates } }) => ({
		message: `Partner Center's answer is not the agreement that was sent: ${faultOfBody(fault)}`,
		advice: `${IN_DOUBT[creates]} ${quote({ status }, ids)}`,
	}),
	unanswered: ({ cause, timeout, call }, where) => {
		const { ids, inDoubt, retries, creates } = call;
		const message = cause.timedOut
			? `${cause.from} did not answer within ${duration(timeout)}`
			: cause.mayHaveArrived
				? `The connection to ${cause.from} was cut before an answer came`
				: `${cause.from} could not be reached`;
		const next =
			where === 'item'
				? `Nothing was changed. Check that n8n can reach ${cause.from} (network, proxy), then run this item again.`
				: `Check that n8n can reach ${cause.from} (network, proxy).`;
		return {
			message: `${message}${afterRetries(retries)}`,
			advice: `${inDoubt ? IN_DOUBT[creates] : next} ${quoteIds(ids)}`,
		};
	},
	undecided: ({ reason, ids }, where) => ({
		message:
			'An agreement with this contact exists, but whether this item recorded it is not known',
		advice: `A first try was not answered, and the customer's agreements could not be read to tell (${
			reason instanceof Error ? explain(reason, where).message : 'no reason'
		}). Compare contact, template and date of the newest agreement in Partner Center with this item's. ${quoteIds(ids)}`,
	}),
	notSignedIn: ({ reason, call: { ids, inDoubt, creates, appOnly } }) => {
		const { message, advice } = explainSignIn(reason, appOnly);
		if (!inDoubt) return { message, advice };
		return { message, advice: `${advice} ${IN_DOUBT[creates]} ${quoteIds(ids)}` };
	},
	notSent: ({ reason, call: { ids, inDoubt, creates } }, where) => {
		const next =
			where === 'item'
				? "Change what n8n's reason names, in the credential or in n8n's own network rules, then run this item again."
				: "Change what n8n's reason names, in the credential or in n8n's own network rules.";
		return {
			message: 'n8n did not send the request',
			advice: `${inDoubt ? `${IN_DOUBT[creates]} ` : ''}${next} n8n's reason: "${inOneLine(reason)}". ${quoteIds(ids)}`,
		};
	},
	unexpected: ({ cause, call: { ids, creates } }, where) => ({
		message: unforeseen(cause, where).message,
		advice: `${IN_DOUBT[creates]} ${quoteIds(ids)}`,
	}),
	pauseTooLong: ({ requested, max, call: { ids, inDoubt, creates } }, where) => {
		const next = {
			item: 'Run it again after that time.',
			list: 'Search again after that time.',
			poll: 'Poll less often.',
		}[where];
		return {
			message: `Partner Center asks to wait ${duration(requested)}; a run waits ${duration(max)} at most`,
			advice: `${inDoubt ? `${IN_DOUBT[creates]} ` : nothingChanged(where)}${next} ${quoteIds(ids)}`,
		};
	},
	rateLimited: ({ call: { ids, inDoubt, creates } }, where) => {
		const next = { item: 'Run it again', list: 'Search again', poll: 'Poll less often' }[where];
		const later = where === 'poll' ? '' : ' later';
		return {
			message: "Partner Center's rate limit lets no request through",
			advice: `${inDoubt ? `${IN_DOUBT[creates]} ` : nothingChanged(where)}${next}${later}, and see what else uses the credential. ${quoteIds(ids)}`,
		};
	},
	cancelled: ({ call: { inDoubt, creates } }, where) => {
		const next =
			where === 'poll'
				? 'Run the workflow again.'
				: 'Nothing was changed for this item. Run the workflow again to process it.';
		return {
			message:
				where === 'poll'
					? 'The execution was cancelled before the poll was done'
					: 'The execution was cancelled before this item was done',
			advice: inDoubt ? IN_DOUBT[creates] : next,
		};
	},
	notStarted: (_problem, where) => ({
		message:
			where === 'poll'
				? 'The execution was cancelled before the poll was started'
				: 'The execution was cancelled before this item was started',
		advice: where === 'poll' ? 'Run the workflow again.' : 'Run the workflow again to process it.',
	}),
	linkElsewhere: ({ collection }, where) => ({
		message: 'The link to the next page of the list leads elsewhere',
		advice:
			where === 'item'
				? `Only links to ${collection} are followed. Run this item again; if it stays so, report it.`
				: `Only links to ${collection} are followed. If it stays so, report it.`,
	}),
	pageLoop: () => ({
		message: 'The list leads back to a page that was read already',
		...WITHOUT_END,
	}),
	nothingNew: ({ pages, inForm }) => {
		const message = `The list does not end: its last ${pages} pages held nothing new`;
		if (!inForm) return { message, ...WITHOUT_END };
		return {
			message,
			advice:
				"Type the beginning of the customer's name, or choose 'By ID' or 'By Domain' in place of the list.",
		};
	},
	tooManyPages: ({ pages }) => ({
		message: `The list has not ended after ${pages} pages`,
		...WITHOUT_END,
	}),
	incompleteList: ({ sent, promised }) => ({
		message: `Partner Center sent ${sent} of the ${promised} entries of a list, and no link to the others`,
		advice: 'Run this item again; if it stays so, report it.',
		pollAdvice: 'If it stays so, report it.',
	}),
	noTemplate: ({ type }) => ({
		message: `Partner Center lists no template of type ${type}`,
		advice:
			"Check that the credential's tenant is enrolled in the CSP program, then run this item again.",
	}),
	noCustomer: ({ domain, similar }) => ({
		message: `No customer has the domain "${domain}"`,
		advice: `Use the customer's ID, or the default domain that Partner Center lists the customer by, which may be a custom one (contoso.com) or the first one (contoso.onmicrosoft.com).${
			similar.length > 0 ? ` Listed are: ${named(similar)}.` : ''
		}`,
	}),
	severalCustomers: ({ domain, customers }) => ({
		message: `Several customers have the domain "${domain}"`,
		advice: `Use the customer's ID: ${named(customers)}.`,
	}),
	documentLate: ({ timeout }) => ({
		message: `The document did not come whole within ${duration(timeout)}`,
		advice:
			"Run this item again, with a longer 'Timeout' if it stays so. Check that n8n can reach the address where Partner Center keeps it.",
	}),
	documentUnreachable: ({ reason }) => ({
		message: 'The document could not be fetched from where Partner Center keeps it',
		advice: `Check that n8n can reach that address, then run this item again. The reason: "${inOneLine(reason)}".`,
	}),
	documentRefused: ({ status }) => ({
		message: 'The link to the document was refused, also a fresh one',
		advice: `Run this item again. If it stays so, check the clock of this n8n and of its proxy: a link lives for five minutes. The answer: HTTP ${status}.`,
	}),
	documentTooLarge: ({ max }) => ({
		message: `The document is larger than ${max / 1024 / 1024} MB`,
		advice: 'Download it in Partner Center.',
	}),
	documentEmpty: () => ({ message: 'The document is empty', advice: 'Run this item again.' }),
};

/** An error that is no PartnerCenterError: its own message is quoted. */
function unforeseen(cause: unknown, where: ErrorPlace): Explanation {
	const reason = inOneLine(cause instanceof Error ? cause.message : String(cause));
	return {
		message:
			where === 'item'
				? `This item could not be processed: ${reason}`
				: where === 'list'
					? `The list could not be read: ${reason}`
					: `The audit records could not be read: ${reason}`,
		advice: 'Run it again. If it stays so, report it with the text above.',
		pollAdvice: 'If it stays so, report it with the text above.',
	};
}

/** Without an advice of its own, a list in the form gets that of a poll: neither has an item to run again. */
function adviceFor(
	where: ErrorPlace,
	{ advice, pollAdvice = advice, listAdvice = pollAdvice }: Omit<Explanation, 'message'>,
): string {
	return { item: advice, list: listAdvice, poll: pollAdvice }[where];
}

/**
 * Puts any failure into words; what is thrown may be anything.
 *
 * @param where who is told
 */
export function explain(
	error: unknown,
	where: ErrorPlace = 'item',
): Pick<Explanation, 'message' | 'advice'> {
	const explained =
		error instanceof PartnerCenterError
			? explainProblem(error.problem, where)
			: unforeseen(error, where);
	const { message, ...advices } = explained;
	return { message, advice: adviceFor(where, advices) };
}

function explainProblem<K extends Problem['kind']>(problem: Of<K>, where: ErrorPlace): Explanation {
	const explainKind: (one: Of<K>, where: ErrorPlace) => Explanation = EXPLAIN[problem.kind as K];
	return explainKind(problem, where);
}

/** What is wrong with a template ID, and what to do; `fault` finishes the sentence "'Label' …". */
export function notATemplate(templateId: string, listed: readonly string[]) {
	return {
		fault: `is not a template of the Microsoft Customer Agreement: "${templateId}"`,
		fix: `Leave it empty to use the current template. Partner Center lists: ${listed.join(', ') || 'none'}.`,
	};
}
