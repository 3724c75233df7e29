/** How a route reads its query, and answers with JSON. */
import type { FastifyReply, FastifyRequest } from 'fastify';

export function answer(reply: FastifyReply, status: number, body: object): FastifyReply {
	return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

export function queryOf(request: FastifyRequest): URLSearchParams {
	return new URL(request.url, 'http://emulator').searchParams;
}
