/** What can go wrong, as JSON: the shape of `PUT /_emulator/faults`. */
import { z } from 'zod';

const afterWrite = z.boolean().default(false);
const seconds = z.number().int().nonnegative();

const faultSchema = z.discriminatedUnion('kind', [
	/** The connection is reset; nothing was written. */
	z.object({ kind: z.literal('reset-before-write') }).strict(),
	/** The connection is reset although the write was made. */
	z.object({ kind: z.literal('reset-after-write') }).strict(),
	/** No answer for `ms` milliseconds, or until the client gives up when `ms` is left out. */
	z.object({ kind: z.literal('hang'), ms: z.number().positive().optional(), afterWrite }).strict(),
	/** `retryAfterSeconds` null: no Retry-After header, and no seconds in the message. */
	z
		.object({ kind: z.literal('status-429'), retryAfterSeconds: seconds.nullable().default(1) })
		.strict(),
	z.object({ kind: z.literal('status-500'), afterWrite }).strict(),
	/** A gateway's HTML page. */
	z.object({ kind: z.literal('html-502'), afterWrite }).strict(),
	z
		.object({
			kind: z.literal('status-503'),
			retryAfterSeconds: seconds.nullable().default(null),
			afterWrite,
		})
		.strict(),
	/** The access token is answered as expired. */
	z.object({ kind: z.literal('expired-401') }).strict(),
	/** A complete HTTP answer whose JSON stops halfway. */
	z.object({ kind: z.literal('truncated-json') }).strict(),
	/** The call was carried out, and the connection ends in the middle of the answer's body. */
	z.object({ kind: z.literal('cut-body') }).strict(),
	/** A UTF-8 byte order mark before the JSON. */
	z.object({ kind: z.literal('bom') }).strict(),
	/** The body arrives in pieces, over `ms` milliseconds. */
	z.object({ kind: z.literal('slow-body'), ms: z.number().positive().default(1000) }).strict(),
]);

const FAULT_KINDS = [
	'reset-before-write',
	'reset-after-write',
	'hang',
	'status-429',
	'status-500',
	'html-502',
	'status-503',
	'expired-401',
	'truncated-json',
	'cut-body',
	'bom',
	'slow-body',
] as const;

/** A fault by its name alone, with its defaults, or with its settings. */
const whatSchema = z.union([
	z.enum(FAULT_KINDS).transform((kind) => faultSchema.parse({ kind })),
	faultSchema,
]);

const matchSchema = z
	.object({
		method: z.string().optional(),
		/** Regular expression, tested against the path with its query. */
		path: z.string().refine(isRegularExpression, 'must be a regular expression').optional(),
	})
	.strict();

export const faultRuleSchema = z
	.object({
		match: matchSchema.default({}),
		/** How many matching calls get the fault. */
		times: z.number().int().positive().default(1),
		what: whatSchema,
	})
	.strict();

export const randomFaultsSchema = z
	.object({
		/** The same seed gives the same faults to the same sequence of API calls. */
		seed: z.number().int(),
		/** Share of the calls, 0 to 1. */
		rate: z.number().min(0).max(1),
		kinds: z.array(whatSchema).min(1),
		/** Default: every call below `/v1`. */
		match: matchSchema.default({ path: '^/v1/' }),
	})
	.strict();

/** A bare array is a script. */
export const faultsSchema = z.union([
	z.array(faultRuleSchema).transform((script) => ({ script, random: undefined })),
	z
		.object({
			script: z.array(faultRuleSchema).default([]),
			random: randomFaultsSchema.nullish(),
		})
		.strict(),
]);

export type Faults = z.output<typeof faultsSchema>;
export type Fault = z.output<typeof faultSchema>;
export type FaultMatch = z.output<typeof matchSchema>;
export type FaultRule = z.output<typeof faultRuleSchema>;
export type FaultRuleInput = z.input<typeof faultRuleSchema>;
export type RandomFaults = z.output<typeof randomFaultsSchema>;
export type RandomFaultsInput = z.input<typeof randomFaultsSchema>;

function isRegularExpression(text: string): boolean {
	try {
		return new RegExp(text) instanceof RegExp;
	} catch {
		return false;
	}
}
