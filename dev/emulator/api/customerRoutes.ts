/** The calls that make, sell to and end a customer, and its profiles; and the partner's own. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EmulatorContext } from '../EmulatorContext';
import { answer, queryOf } from './answer';
import { createCustomer } from './createCustomer';
import { billingProfile, companyProfile } from './customerProfiles';
import { deleteCustomer } from './deleteCustomer';
import { requireCaller, requireCustomer } from './gates';
import { invoices } from './invoices';
import { createOrder } from './orders';
import { legalBusinessProfile, mpnProfile } from './partnerProfiles';
import type { WriteCall } from './replay';
import { customerSubscriptions } from './subscriptions';
import { headerOf } from './tracingHeaders';

type BodyRequest = FastifyRequest<{ Body: string | undefined }>;
type CustomerRequest = FastifyRequest<{ Params: { customerId: string }; Body: string | undefined }>;

const writeCallOf = (request: BodyRequest): WriteCall => ({
	path: request.url,
	body: request.body ?? '',
	requestId: headerOf(request, 'ms-requestid'),
});

/** Registered below the prefix `/v1`. */
export function customerRoutes(app: FastifyInstance, context: EmulatorContext): void {
	app.post('/customers', async (request: BodyRequest, reply) => {
		await requireCaller(context, request, 'appAndUser');
		const created = createCustomer(context, writeCallOf(request));
		return await answer(reply, created.status, created.body);
	});

	app.delete('/customers/:customerId', async (request: CustomerRequest, reply) => {
		await requireCaller(context, request, 'appAndUser');
		deleteCustomer(context, request.params.customerId);
		return await reply.code(204).send();
	});

	app.get('/customers/:customerId/profiles/company', async (request: CustomerRequest, reply) => {
		await requireCaller(context, request, 'userOnly');
		const customer = requireCustomer(context, request.params.customerId);
		return await answer(reply, 200, companyProfile(context, customer));
	});

	app.get('/customers/:customerId/profiles/billing', async (request: CustomerRequest, reply) => {
		await requireCaller(context, request, 'userOnly');
		const customer = requireCustomer(context, request.params.customerId);
		return await answer(reply, 200, billingProfile(context, customer));
	});

	app.get('/customers/:customerId/subscriptions', async (request: CustomerRequest, reply) => {
		await requireCaller(context, request, 'appAndUser');
		const customer = requireCustomer(context, request.params.customerId);
		return await answer(reply, 200, customerSubscriptions(context, customer));
	});

	app.post('/customers/:customerId/orders', async (request: CustomerRequest, reply) => {
		await requireCaller(context, request, 'appAndUser');
		const { customerId } = request.params;
		const created = createOrder(context, { ...writeCallOf(request), customerId });
		return await answer(reply, created.status, created.body);
	});

	app.get('/profiles/legalbusiness', async (request, reply) => {
		await requireCaller(context, request, 'appAndUser');
		return await answer(reply, 200, legalBusinessProfile(context));
	});

	app.get('/invoices', async (request, reply) => {
		await requireCaller(context, request, 'userOnly');
		return await answer(reply, 200, invoices(context, queryOf(request)));
	});

	app.get('/profiles/mpn', async (request, reply) => {
		await requireCaller(context, request, 'userOnly');
		return await answer(reply, 200, mpnProfile(context, queryOf(request).get('mpnId')));
	});
}
