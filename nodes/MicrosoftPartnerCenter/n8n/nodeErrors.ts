/** An item's failure in n8n's terms: as the error of the node, or as an item of the error output. */
import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INode,
	type JsonObject,
} from 'n8n-workflow';

import { PartnerCenterError, type RequestIds } from '../client/errors';
import { explain } from '../messages/explain';
import type { ErrorPlace } from '../messages/words';
import { ChangedFilesError } from './build';
import { MissingCredentialError } from './credentials';
import { FieldFaults } from './parameters';

/** What happened to an item, and what to do about it. */
export interface Failure {
	what: string;
	advice: string;
	/** The status of Partner Center's answer, where it was the answer that failed the item. */
	status?: number;
	/** Of the call that failed, where one was made. */
	ids?: RequestIds;
}

/**
 * Puts any exception into words; what is thrown may be anything.
 *
 * @param where who is told: an item, a poll, or a list in the form
 */
export function describeFailure(error: unknown, where: ErrorPlace = 'item'): Failure {
	if (error instanceof FieldFaults) return { what: error.message, advice: error.advice };
	const isExplained = error instanceof MissingCredentialError || error instanceof ChangedFilesError;
	const { message, advice } = isExplained ? error.explanation : explain(error, where);
	const isOfPartnerCenter = error instanceof PartnerCenterError;
	const status = isOfPartnerCenter ? error.facts.status : undefined;
	const ids = isOfPartnerCenter ? error.ids : undefined;
	return {
		what: message,
		advice,
		...(status === undefined ? {} : { status }),
		...(ids === undefined ? {} : { ids }),
	};
}

/**
 * The json of an item for the error output. n8n moves exactly these two keys there and adds the
 * input's fields; one key more, and the item would stay among the confirmed ones.
 */
export function errorOutputJson({ what, advice }: Failure, item: number): IDataObject {
	return { error: `${what} [Item ${item}]`, message: advice };
}

/**
 * The error that stops the node.
 *
 * @param progress what was done before, for the person who has to go on from here
 */
export function asNodeError(
	context: IExecuteFunctions,
	failure: Failure,
	item: number,
	progress: string,
): NodeApiError | NodeOperationError {
	const message = `${failure.what} [Item ${item}]`;
	const description = [failure.advice, progress].filter((part) => part !== '').join(' ');
	const { status } = failure;
	return buildNodeError(context.getNode(), { message, description, status, itemIndex: item });
}

/** What an error of n8n's shows. */
interface ErrorText {
	message: string;
	description: string;
	/** Of Partner Center's answer, where there was one. */
	status: number | undefined;
	/** Left out where no item failed. */
	itemIndex?: number;
}

/** An error of n8n's, word for word. */
export function buildNodeError(
	node: INode,
	{ message, description, status, ...where }: ErrorText,
): NodeApiError | NodeOperationError {
	const options = { message, description, ...where };
	const error =
		status === undefined
			? new NodeOperationError(node, message, options)
			: new NodeApiError(node, { message } as JsonObject, { ...options, httpCode: String(status) });
	// n8n replaces a message that happens to hold the letters of a socket's code, such as a name.
	error.message = message;
	error.description = description;
	error.messages = [];
	return error;
}

/** The error that a list in the form shows in place of its entries. */
export function asListError(context: ILoadOptionsFunctions, error: unknown): NodeOperationError {
	const { what, advice } = describeFailure(error, 'list');
	const shown = new NodeOperationError(context.getNode(), what, { description: advice });
	shown.message = what;
	shown.description = advice;
	return shown;
}
