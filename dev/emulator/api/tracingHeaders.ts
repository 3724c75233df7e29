/** The tracing headers of every answer: the caller's ids echoed, or new ones when it sent none. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const SERVER_ID = '101112616,101112013';
const APPLICATION_ID = randomUUID();

export function addTracingHeaders(request: FastifyRequest, reply: FastifyReply): void {
	reply.header('MS-RequestId', headerOf(request, 'ms-requestid') ?? randomUUID());
	reply.header('MS-CorrelationId', correlationIdOf(request));
	reply.header('MS-CV', `${randomBytes(12).toString('base64')}.0`);
	reply.header('MS-ServerId', SERVER_ID);
	reply.header('Request-Context', `appId=cid-v1:${APPLICATION_ID}`);
}

/** The caller's correlation id; one is made, and kept for the rest of the request, when absent. */
export function correlationIdOf(request: FastifyRequest): string {
	return headerOf(request, 'ms-correlationid') ?? (request.madeCorrelationId ??= randomUUID());
}

export function headerOf(request: FastifyRequest, name: string): string | undefined {
	const value = request.headers[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
}
