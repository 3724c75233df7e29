/** The shape of an operation: what the user sees of it, and what it does with one item. */
import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { ExecutionClient } from './client';
import type { AcceptedSignIn } from './credentials';
import type { ScheduledItem } from './schedule';

/** One item on its way out: which output, and what it carries. */
export interface Routed {
	output: number;
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/**
 * An item whose fields are read and valid. What its `run` throws is the item's failure;
 * `describeFailure` puts it into words.
 */
export type PreparedItem = ScheduledItem<Routed[]>;

/** One execution of an operation. */
export interface OperationRun {
	/** How many items may be under way at the same time. */
	concurrency(): number;
	/** @throws {FieldFaults} when the item's fields can't be used */
	prepare(item: number): PreparedItem;
	/** Nothing new is to be started: an item failed, and that is to stop the workflow. */
	stop?(): void;
	/** What was done so far, for the person who has to go on after a stop. */
	progress(): string;
	/** Called once at the end; `isComplete` when every item is done. */
	finish(isComplete: boolean): void;
	/** The run in one sentence, shown on the node; empty for none. */
	summary(failed: number): string;
}

/** What the user sees of an operation. */
export interface OperationDescription {
	/** The entry of the Operation list. */
	option: INodePropertyOptions & { action: string };
	fields: INodeProperties[];
	/** Names of the node's outputs for this operation, in order. */
	outputs: readonly string[];
	/**
	 * For operations that write: the `outcome` of the item that stands on the first output where
	 * nothing was written and "Always Output Data" is on.
	 */
	nothingDone?: string;
	/** What a failed item carries besides `error` and `message` when On Error is "Continue", if anything. */
	failedItem?(context: IExecuteFunctions, item: number): IDataObject;
	/** Which credential it takes, as the page of its call at Microsoft says. */
	signIn: AcceptedSignIn;
}

export interface Operation extends OperationDescription {
	/** Loads what it does. Called once an execution; Node.js keeps what it has loaded. */
	load(): Promise<{ start: StartOperation; build?: string }>;
}

/** @param access signed in with the operation's credential */
export type StartOperation = (context: IExecuteFunctions, access: ExecutionClient) => OperationRun;

export interface Resource {
	/** The entry of the Resource list. */
	option: INodePropertyOptions;
	/**
	 * The value of the operation that a new node has. n8n leaves a default out of a saved workflow, so
	 * another one here would change what saved workflows do.
	 */
	defaultOperation: string;
	operations: readonly Operation[];
}

/** A run that can't do anything: every item fails for the same reason. */
export function failingRun(reason: Error): OperationRun {
	return {
		concurrency: () => 1,
		prepare() {
			throw reason;
		},
		progress: () => '',
		finish: () => undefined,
		summary: () => '',
	};
}
