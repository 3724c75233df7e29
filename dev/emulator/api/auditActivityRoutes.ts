/**
 * The activity log where the REST reference of `audit-operations` has it, with the reference's names
 * of parameters (`auditRequest.startDate` …); and one record by its id, or null when there is none.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EmulatorContext } from '../EmulatorContext';
import { answer, queryOf } from './answer';
import { apiHooks } from './apiHooks';
import { auditRecords } from './auditRecords';
import { requireCaller } from './gates';
import { headerOf } from './tracingHeaders';

type RecordRequest = FastifyRequest<{ Params: { id: string } }>;

/** Registered below the prefix `/auditactivity/v1`. */
export function auditActivityRoutes(app: FastifyInstance, context: EmulatorContext): void {
	apiHooks(app, context);

	app.get('/auditrecords', async (request, reply) => {
		await requireCaller(context, request, 'appAndUser');
		const query = queryOf({ url: request.url.replace(/(?<=[?&])auditRequest\./gi, '') });
		const token = headerOf(request, 'ms-continuationtoken');
		return await answer(reply, 200, auditRecords(context, query, token));
	});

	app.get('/auditrecords/:id', async (request: RecordRequest, reply) => {
		await requireCaller(context, request, 'appAndUser');
		const { id } = request.params;
		const record = context.audit.visible(context.switches.auditDelay).find((one) => one.id === id);
		if (record !== undefined) return await answer(reply, 200, record);
		return await reply.type('application/json; charset=utf-8').send('null');
	});
}
