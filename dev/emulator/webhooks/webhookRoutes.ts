/**
 * `/webhooks/v1/registration`: which events Partner Center sends where.
 * Source: partner-center-webhooks on Microsoft Learn. INVENTED: what is answered where there is no
 * registration, to an event that does not exist, and to a test that was not registered for.
 */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { answer } from '../api/answer';
import { apiErrors } from '../api/apiErrors';
import { apiHooks } from '../api/apiHooks';
import { requireCaller } from '../api/gates';
import { readBody } from '../api/requestBody';
import type { EmulatorContext } from '../EmulatorContext';
import { deliverTestEvent } from './deliver';
import { EVENTS, TEST_EVENT } from './events';
import type { ValidationEvent } from './WebhookRegister';

type BodyRequest = FastifyRequest<{ Body: string | undefined }>;
type EventRequest = FastifyRequest<{ Params: { correlationId: string } }>;

const registrationSchema = z.object({
	webhookUrl: z.string().regex(/^https?:\/\/\S+$/i),
	webhookEvents: z.array(z.string().refine((name) => EVENTS.includes(name))).min(1),
});

/** Registered below the prefix `/webhooks/v1`. */
export function webhookRoutes(app: FastifyInstance, context: EmulatorContext): void {
	apiHooks(app, context);
	const { webhooks } = context;

	app.get('/registration/events', async (request, reply) => {
		await requireCaller(context, request, 'appAndUser');
		return await answer(reply, 200, EVENTS);
	});

	app.get('/registration', async (request, reply) => {
		await requireCaller(context, request, 'appAndUser');
		const { webhookUrl, webhookEvents } = registrationOf(context);
		return await answer(reply, 200, { WebhookUrl: webhookUrl, WebhookEvents: webhookEvents });
	});

	app.route({
		method: ['POST', 'PUT'],
		url: '/registration',
		handler: async (request: BodyRequest, reply) => {
			await requireCaller(context, request, 'appAndUser');
			const wanted = readBody(request.body ?? '', registrationSchema);
			const kept = webhooks.register(wanted.webhookUrl, wanted.webhookEvents);
			return await answer(reply, 200, {
				SubscriberId: kept.subscriberId,
				WebhookUrl: kept.webhookUrl,
				WebhookEvents: kept.webhookEvents,
			});
		},
	});

	app.post('/registration/validationEvents', async (request, reply) => {
		await requireCaller(context, request, 'appAndUser');
		const { webhookUrl, webhookEvents } = registrationOf(context);
		if (!webhookEvents.includes(TEST_EVENT)) throw apiErrors.invalidProperty(['WebhookEvents']);
		const wait = webhooks.take(Date.now());
		if (wait > 0) throw apiErrors.rateLimited(wait);
		// In the example, the answer has a correlation id of its own, and the event goes by it.
		const correlationId = randomUUID();
		void reply.header('MS-CorrelationId', correlationId);
		const event = { correlationId, callbackUrl: webhookUrl, createdAt: Date.now(), results: [] };
		webhooks.remember(event);
		void deliver(context, event);
		return await answer(reply, 200, { correlationId });
	});

	app.get('/registration/validationEvents/:correlationId', async (request: EventRequest, reply) => {
		await requireCaller(context, request, 'appAndUser');
		const event = webhooks.validation(request.params.correlationId);
		if (event === undefined) throw apiErrors.notFound();
		const { correlationId, callbackUrl, results } = event;
		// INVENTED: the word for an event that is on its way.
		const status = results.length === 0 ? 'pending' : 'completed';
		const body = { correlationId, partnerId: context.tenant, status, callbackUrl, results };
		return await answer(reply, 200, body);
	});
}

/** @throws ApiError 404 1000 */
function registrationOf({ webhooks }: Pick<EmulatorContext, 'webhooks'>) {
	if (webhooks.registration === undefined) throw apiErrors.notFound();
	return webhooks.registration;
}

async function deliver(
	{ baseUrl, closing }: Pick<EmulatorContext, 'baseUrl' | 'closing'>,
	{ correlationId, callbackUrl, results }: ValidationEvent,
): Promise<void> {
	const resource = `${baseUrl}/webhooks/v1/registration/validationEvents/${correlationId}`;
	results.push(await deliverTestEvent(callbackUrl, resource, closing));
}
