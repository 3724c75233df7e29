/**
 * Each fault as a small pair of functions: what happens before the call is handled, and what
 * happens to the finished answer.
 */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, apiErrors, errorBody } from '../api/apiErrors';
import { correlationIdOf } from '../api/tracingHeaders';
import { pause } from '../latency';
import type { Switches } from '../switches';
import type { Fault } from './faultSchema';

export interface FaultContext {
	request: FastifyRequest;
	reply: FastifyReply;
	switches: Pick<Switches, 'errorCodeType'>;
	/** Aborted when the emulator closes. */
	closing: AbortSignal;
}

const HTML_502 =
	'<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>Microsoft-Azure-Application-Gateway/v2</center></body></html>';

/** Before anything was read or written. Answers true when the call has been dealt with. */
export async function applyBefore(fault: Fault, context: FaultContext): Promise<boolean> {
	switch (fault.kind) {
		case 'reset-before-write':
			context.reply.hijack();
			context.request.raw.socket.resetAndDestroy();
			return true;
		case 'hang':
			return !fault.afterWrite && (await hangBefore(fault.ms, context));
		case 'status-429':
		case 'expired-401':
			return answerWith(errorOf(fault, context), context);
		case 'status-500':
		case 'html-502':
		case 'status-503':
			return !fault.afterWrite && answerWith(errorOf(fault, context), context);
		default:
			return false;
	}
}

/** After the call was handled. Answers the payload to send. */
export async function applyAfter(
	fault: Fault,
	payload: unknown,
	context: FaultContext,
): Promise<unknown> {
	// Nobody reads it any more; fastify 5.12 stumbles over a stream that it can't send.
	if (context.request.raw.socket.destroyed) return payload;
	switch (fault.kind) {
		case 'reset-after-write':
			context.request.raw.socket.resetAndDestroy();
			return payload;
		case 'hang':
			if (fault.afterWrite) await hang(fault.ms, context);
			return payload;
		case 'status-500':
		case 'html-502':
		case 'status-503':
			return fault.afterWrite ? replaceAnswer(errorOf(fault, context), context) : payload;
		case 'truncated-json':
			return typeof payload === 'string'
				? payload.slice(0, Math.ceil(payload.length / 2))
				: payload;
		case 'cut-body':
			return typeof payload === 'string' ? cut(payload, context) : payload;
		case 'bom':
			return typeof payload === 'string' ? `\uFEFF${payload}` : payload;
		case 'slow-body':
			return typeof payload === 'string' || Buffer.isBuffer(payload)
				? drip(Buffer.from(payload), fault.ms, context.closing)
				: payload;
		default:
			return payload;
	}
}

interface PlainAnswer {
	status: number;
	type: string;
	body: string;
	headers: Readonly<Record<string, string>>;
}

function errorOf(fault: Fault, { request, switches }: FaultContext): PlainAnswer {
	switch (fault.kind) {
		case 'status-429':
			return json(throttled(fault.retryAfterSeconds), switches);
		case 'status-503':
			return json(unavailable(fault.retryAfterSeconds), switches);
		case 'expired-401':
			return json(apiErrors.tokenMissing(correlationIdOf(request)), switches);
		case 'html-502':
			return { status: 502, type: 'text/html', body: HTML_502, headers: {} };
		default:
			return json(apiErrors.unexpected(), switches);
	}
}

function throttled(retryAfterSeconds: number | null): ApiError {
	if (retryAfterSeconds !== null) return apiErrors.rateLimited(retryAfterSeconds);
	return new ApiError(429, { statusCode: 429, message: 'Rate limit is exceeded.' });
}

function unavailable(retryAfterSeconds: number | null): ApiError {
	const headers: Record<string, string> =
		retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) };
	return new ApiError(503, { statusCode: 503, message: 'Service Unavailable' }, headers);
}

function json(error: ApiError, switches: FaultContext['switches']): PlainAnswer {
	return {
		status: error.status,
		type: 'application/json; charset=utf-8',
		body: JSON.stringify(errorBody(error, switches)),
		headers: error.headers,
	};
}

function answerWith(answer: PlainAnswer, context: FaultContext): true {
	void context.reply.send(replaceAnswer(answer, context));
	return true;
}

function replaceAnswer(answer: PlainAnswer, { reply }: FaultContext): string {
	void reply.code(answer.status).type(answer.type).headers(answer.headers);
	return answer.body;
}

/** A client that gave up while waiting gets nothing done; one that still waits is served late. */
async function hangBefore(ms: number | undefined, context: FaultContext): Promise<boolean> {
	await hang(ms, context);
	if (!context.request.raw.socket.destroyed) return false;
	context.reply.hijack();
	return true;
}

async function hang(ms: number | undefined, { request, closing }: FaultContext): Promise<void> {
	const { socket } = request.raw;
	const gone = new AbortController();
	const stop = () => gone.abort();
	socket.once('close', stop);
	if (socket.destroyed) stop();
	await pause(ms ?? 24 * 60 * 60 * 1000, AbortSignal.any([closing, gone.signal]));
	socket.off('close', stop);
}

/** Half of the promised bytes, and then the end of the connection. */
function cut(text: string, { request, reply }: FaultContext): Readable {
	const bytes = Buffer.from(text);
	void reply.header('content-length', bytes.length);
	return Readable.from(
		(async function* () {
			yield bytes.subarray(0, Math.ceil(bytes.length / 2));
			await new Promise((resolve) => setTimeout(resolve, 10));
			request.raw.socket.end();
			request.raw.socket.destroy();
		})(),
	);
}

function drip(bytes: Buffer, ms: number, closing: AbortSignal): Readable {
	const pieces = Math.max(1, Math.min(10, bytes.length));
	const size = Math.ceil(bytes.length / pieces);
	return Readable.from(
		(async function* () {
			for (let start = 0; start < bytes.length; start += size) {
				yield bytes.subarray(start, start + size);
				await pause(ms / pieces, closing);
			}
		})(),
	);
}
