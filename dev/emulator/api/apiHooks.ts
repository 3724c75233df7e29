/** What every call of the API has, whichever path it is under: tracing, latency, errors, byte order mark. */
import type { FastifyInstance } from 'fastify';
import type { EmulatorContext } from '../EmulatorContext';
import { waitLatency } from '../latency';
import { answer } from './answer';
import { ApiError, apiErrors, errorBody } from './apiErrors';
import { addTracingHeaders } from './tracingHeaders';

const BYTE_ORDER_MARK = '\uFEFF';

/** To be called in each scope that holds routes of the API, before them. */
export function apiHooks(
	app: FastifyInstance,
	context: Pick<EmulatorContext, 'switches' | 'latency' | 'closing'>,
): void {
	app.addHook('onRequest', async (request, reply) => {
		addTracingHeaders(request, reply);
	});
	app.addHook('preHandler', async () => await waitLatency(context.latency, context.closing));
	app.addHook('onSend', async (_request, reply, payload: unknown) => {
		const isJson = String(reply.getHeader('content-type')).startsWith('application/json');
		const wanted = context.switches.bom && isJson && typeof payload === 'string';
		return wanted ? BYTE_ORDER_MARK + payload : payload;
	});
	app.setErrorHandler((error, _request, reply) => {
		const known = error instanceof ApiError ? error : apiErrors.unexpected();
		if (known !== error) process.stderr.write(`${String(error)}\n`);
		void reply.headers(known.headers);
		void answer(reply, known.status, errorBody(known, context.switches));
	});
}
