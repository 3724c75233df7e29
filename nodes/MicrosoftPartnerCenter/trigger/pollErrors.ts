/** A poll that failed, in n8n's terms. */
import {
	NodeApiError,
	NodeOperationError,
	type IPollFunctions,
	type JsonObject,
} from 'n8n-workflow';

import { describeFailure } from '../n8n/nodeErrors';

/** The client's advice speaks to a node that works on items; a trigger has none. */
const FOR_A_TRIGGER: ReadonlyArray<[string | RegExp, string]> = [
	// A start day out of range is the one value that can be refused.
	["Compare the item's fields with Microsoft's answer below.", "Check that n8n's clock is right."],
	["Run this item again after a minute, or lower 'Max Concurrency'.", 'Poll less often.'],
	['Run this item again in a few minutes.', 'Try again in a few minutes.'],
	[/Run (this item|it) again[.;] if it stays so/i, 'If it stays so'],
	["set 'Limit' to fewer results than a page holds", 'report it'],
	[', then run this item again', ''],
	[/Nothing was changed( for this item)?\. /, ''],
	['Run it again after that time.', 'Poll less often.'],
	['Run the workflow again to process it.', 'Run the workflow again.'],
	['before this item was', 'before the poll was'],
	[/This item could not be (processed|finished)/, 'The audit records could not be read'],
];

function forATrigger(text: string): string {
	return FOR_A_TRIGGER.reduce((words, [said, meant]) => words.replace(said, meant), text).trim();
}

/** What a failed poll means for the events; n8n polls again by itself. */
const NOTHING_LOST = 'No event is lost: the next poll starts where the last one ended.';

/** @param resumes whether the next poll has something to start from */
export function asPollError(
	context: IPollFunctions,
	error: unknown,
	resumes: boolean,
): NodeApiError | NodeOperationError {
	const failure = describeFailure(error);
	const message = forATrigger(failure.what);
	const advice = forATrigger(failure.advice);
	const description = resumes ? `${NOTHING_LOST} ${advice}`.trim() : advice;
	const nodeError =
		failure.status === undefined
			? new NodeOperationError(context.getNode(), message, { description })
			: new NodeApiError(context.getNode(), { message } as JsonObject, {
					message,
					description,
					httpCode: String(failure.status),
				});
	// n8n replaces a message that happens to hold the letters of a socket's code.
	nodeError.message = message;
	nodeError.description = description;
	nodeError.messages = [];
	return nodeError;
}
