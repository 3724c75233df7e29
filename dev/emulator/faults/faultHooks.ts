/** Puts the fault plan in front of and behind every API and Entra call. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EmulatorContext } from '../EmulatorContext';
import { applyAfter, applyBefore } from './faultActions';
import type { Fault } from './faultSchema';

export function faultHooks(
	app: FastifyInstance,
	context: Pick<EmulatorContext, 'faults' | 'closing' | 'switches'>,
): void {
	const { closing, switches } = context;
	const chosen = new WeakMap<FastifyRequest, Fault>();

	app.addHook('preHandler', async (request, reply) => {
		if (request.logged === null) return;
		const fault = context.faults.next(request.method, request.logged.path);
		if (fault === undefined) return;
		request.logged.fault = fault.kind;
		chosen.set(request, fault);
		if (await applyBefore(fault, { request, reply, switches, closing })) return reply;
	});

	app.addHook('onSend', async (request, reply, payload: unknown) => {
		const fault = chosen.get(request);
		if (fault === undefined) return payload;
		return await applyAfter(fault, payload, { request, reply, switches, closing });
	});
}
