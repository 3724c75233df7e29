/**
 * What nobody is registered for. An address that does not exist is answered by the gateway in front
 * of Partner Center, before any token is looked at; a verb that an address does not take is a 405.
 * Which body comes with the 405, and what a malformed address is answered with, is not documented.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';

interface KnownAddress {
	method: string;
	/** As it was registered, such as `/v1/customers/:customerId`. */
	url: string;
	pattern: RegExp;
}

declare module 'fastify' {
	interface FastifyInstance {
		/** Every route, as it was registered. */
		knownAddresses: readonly KnownAddress[];
	}
}

/** To be called before any route is registered. */
export function unknownAddresses(app: FastifyInstance): void {
	const known: KnownAddress[] = [];
	app.decorate('knownAddresses', known);
	app.addHook('onRoute', ({ method, url }) => {
		const pattern = patternOf(url);
		for (const each of [method].flat()) known.push({ method: each, url: folded(url), pattern });
	});
	app.setNotFoundHandler(async (request, reply) => {
		const path = folded(request.url.split('?')[0] ?? '');
		const methods = known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
		if (methods.length === 0) return await gatewayAnswer(reply, 404, 'Resource not found');
		void reply.header('allow', [...new Set(methods)].join(', '));
		const message = `The requested resource does not support http method '${request.method}'.`;
		return await gatewayAnswer(reply, 405, message);
	});
}

/** The form in which the gateway answers, as in its documented 429. */
export function gatewayAnswer(reply: FastifyReply, statusCode: number, message: string) {
	return reply
		.code(statusCode)
		.type('application/json; charset=utf-8')
		.send(JSON.stringify({ statusCode, message }));
}

/** Repeated slashes count as one, and one at the end as none. */
function folded(path: string): string {
	return path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
}

function patternOf(url: string): RegExp {
	const source = folded(url)
		.split('/')
		.map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
		.join('/');
	return new RegExp(`^${source}$`, 'i');
}
