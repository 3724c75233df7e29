/** Puts the API, Entra, the documents, the control API and the page on one HTTP server. */
import fastify, { type FastifyInstance } from 'fastify';
import { queryOf } from './api/answer';
import { apiRoutes } from './api/apiRoutes';
import { auditActivityRoutes } from './api/auditActivityRoutes';
import { attestationPages } from './attestation/attestationPages';
import { controlRoutes } from './control/controlRoutes';
import { logAnswerHook, logHooks } from './control/logHooks';
import { documentRoutes } from './documents/documentRoutes';
import { faultHooks } from './faults/faultHooks';
import { entraRoutes } from './identity/entraRoutes';
import { overviewPage } from './pages/overviewPage';
import { sendPage } from './pages/page';
import type { Certificate } from './certificate';
import type { EmulatorContext } from './EmulatorContext';
import { webhookRoutes } from './webhooks/webhookRoutes';
import { gatewayAnswer, unknownAddresses } from './unknownAddresses';

/** @param tls for https; left out, it speaks http */
export async function createServer(
	context: EmulatorContext,
	tls?: Certificate,
): Promise<FastifyInstance> {
	const app = fastify({
		...(tls === undefined ? {} : { https: tls }),
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		// Seeds of ten thousands of customers come in one piece.
		bodyLimit: 64 * 1024 * 1024,
		routerOptions: {
			// The service's own clients send /v1//customers (Java SDK, PowerShell library) and
			// /v1/agreementTemplates (Swagger).
			caseSensitive: false,
			ignoreDuplicateSlashes: true,
			ignoreTrailingSlash: true,
			maxParamLength: 500,
		},
		frameworkErrors: (_error, _request, reply) => {
			void gatewayAnswer(reply, 400, 'Bad Request');
		},
	});
	unknownAddresses(app);

	// Bodies stay text: the log shows them exactly as sent, and each route reads them its own way.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
		done(null, body);
	});

	logHooks(app, context);
	faultHooks(app, context);
	logAnswerHook(app);
	entraRoutes(app, context);
	await app.register(async (scope) => apiRoutes(scope, context), { prefix: '/v1' });
	await app.register(async (scope) => auditActivityRoutes(scope, context), {
		prefix: '/auditactivity/v1',
	});
	await app.register(async (scope) => webhookRoutes(scope, context), { prefix: '/webhooks/v1' });
	await app.register(async (scope) => controlRoutes(scope, context), { prefix: '/_emulator' });
	await app.register(async (scope) => documentRoutes(scope, context), {
		prefix: '/agreement-documents',
	});
	await app.register(async (scope) => attestationPages(scope, context), {
		prefix: '/mca',
	});
	app.get('/', async (request, reply) => {
		return await sendPage(reply, overviewPage(context, queryOf(request)));
	});
	return app;
}
