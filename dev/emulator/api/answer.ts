/** How a route reads its query, and answers with JSON. */
import type { FastifyReply, FastifyRequest } from 'fastify';

export function answer(reply: FastifyReply, status: number, body: object): FastifyReply {
	return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

/** The service reads the names of parameters without case, as ASP.NET does. */
class Query extends URLSearchParams {
	override get(name: string): string | null {
		const wanted = name.toLowerCase();
		for (const [key, value] of this) if (key.toLowerCase() === wanted) return value;
		return null;
	}
}

export function queryOf({ url }: Pick<FastifyRequest, 'url'>): URLSearchParams {
	const question = url.indexOf('?');
	return new Query(question === -1 ? '' : url.slice(question + 1));
}
