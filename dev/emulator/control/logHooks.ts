/** Fills the request log. The control API and the page for people stay out of it. */
import type { FastifyInstance } from 'fastify';
import type { EmulatorContext } from '../EmulatorContext';
import { loggableBody } from './RequestLog';

export function logHooks(app: FastifyInstance, context: Pick<EmulatorContext, 'log'>): void {
	app.decorateRequest('logged', null);
	app.decorateRequest('madeCorrelationId', null);

	app.addHook('onRequest', async (request) => {
		const path = request.url.split('?')[0] ?? '';
		if (/^\/+(favicon\.ico|_emulator(\/.*)?)?$/i.test(path)) return;
		request.logged = context.log.open(request);
	});
	app.addHook('preHandler', async ({ logged, body }) => {
		if (logged !== null) logged.body = loggableBody(logged.path, body);
	});
}

/** Registered behind the faults, so that it sees the answer that really goes out. */
export function logAnswerHook(app: FastifyInstance): void {
	app.addHook('onSend', async ({ logged, raw }, reply) => {
		if (logged === null || raw.socket.destroyed) return;
		logged.status = reply.statusCode;
		const retryAfter = reply.getHeader('retry-after');
		logged.retryAfter = retryAfter === undefined ? null : String(retryAfter);
		logged.duration = Date.now() - Date.parse(logged.time);
	});
}
