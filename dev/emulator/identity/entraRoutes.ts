/** Microsoft Entra over HTTP: sign-in page, token endpoints, discovery and signing keys. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../pages/page';
import { deviceCodePage, formPostPage } from '../pages/signInAnswers';
import { signInErrorPage, signInPage } from '../pages/signInPage';
import type { EmulatorContext } from '../EmulatorContext';
import {
	addressOf,
	completeSignIn,
	readSignInRequest,
	refuseSilentSignIn,
	whoSignedIn,
	type SignInAnswer,
} from './authorize';
import { readClientCredentials, requireRegisteredApp } from './clientAuthentication';
import { EntraError } from './entraErrors';
import { discoveryDocument, instanceDiscovery } from './discovery';
import { signingKey } from './signingKey';
import { answerTokenCall } from './tokenEndpoint';

interface TenantRoute {
	Params: { tenant: string };
	Body: string | undefined;
}
type TenantRequest = FastifyRequest<TenantRoute>;

export function entraRoutes(
	app: FastifyInstance,
	context: Pick<EmulatorContext, 'baseUrl' | 'switches' | 'identity'>,
): void {
	const { identity } = context;

	const showSignIn = async (request: TenantRequest, reply: FastifyReply) => {
		const asked = readSignInRequest(identity, request.params.tenant, queryOf(request));
		if (asked.isSilent) return await sendAnswer(reply, refuseSilentSignIn(asked));
		return await sendPage(reply, signInPage(asked.redirectUri));
	};
	const signIn = async (request: TenantRequest, reply: FastifyReply) => {
		const asked = readSignInRequest(identity, request.params.tenant, queryOf(request));
		const choice = new URLSearchParams(request.body ?? '');
		return await sendAnswer(reply, completeSignIn(identity, asked, choice));
	};
	const token = (version: 'v1' | 'v2') => async (request: TenantRequest, reply: FastifyReply) => {
		const answer = await answerTokenCall(identity, {
			version,
			tenantSegment: request.params.tenant,
			form: new URLSearchParams(request.body ?? ''),
			authorization: request.headers.authorization,
			refuseReusedRefreshToken: context.switches.refuseReusedRefreshToken,
			baseUrl: context.baseUrl,
		});
		return await reply
			.code(answer.status)
			.header('cache-control', 'no-store, no-cache')
			.header('pragma', 'no-cache')
			.type('application/json; charset=utf-8')
			.send(JSON.stringify(answer.body));
	};

	const startDevice = async (request: TenantRequest, reply: FastifyReply) => {
		const form = new URLSearchParams(request.body ?? '');
		const tenant = identity.resolveTenant(request.params.tenant);
		requireRegisteredApp(readClientCredentials(form, undefined), tenant, false);
		const started = identity.deviceCodes.start(
			tenant,
			form.get('scope') ?? form.get('resource') ?? '',
		);
		const verification_uri = `${context.baseUrl}/devicelogin`;
		const message = `To sign in, use a web browser to open the page ${verification_uri} and enter the code ${started.user_code} to authenticate.`;
		return await reply.send({
			...started,
			verification_uri,
			verification_url: verification_uri,
			message,
		});
	};

	for (const [path, version] of [
		['/:tenant/oauth2/v2.0', 'v2'],
		['/:tenant/oauth2', 'v1'],
	] as const) {
		app.get<TenantRoute>(`${path}/authorize`, { errorHandler: showEntraError }, showSignIn);
		app.post<TenantRoute>(`${path}/authorize`, { errorHandler: showEntraError }, signIn);
		app.post<TenantRoute>(`${path}/token`, token(version));
		app.post<TenantRoute>(`${path}/devicecode`, { errorHandler: sendEntraError }, startDevice);
	}
	for (const [path, keys, version] of [
		['/:tenant/v2.0', '/:tenant/discovery/v2.0/keys', 'v2'],
		['/:tenant', '/:tenant/discovery/keys', 'v1'],
	] as const) {
		app.get<TenantRoute>(
			`${path}/.well-known/openid-configuration`,
			{ errorHandler: sendEntraError },
			(request: TenantRequest) =>
				discoveryDocument(context.baseUrl, identity.resolveTenant(request.params.tenant), version),
		);
		app.get(keys, async () => ({ keys: [(await signingKey()).publicJwk] }));
	}
	app.get('/common/discovery/instance', () => instanceDiscovery(context.baseUrl, identity.tenant));
	app.get('/devicelogin', async (_request, reply) => await sendPage(reply, deviceCodePage('ask')));
	app.post('/devicelogin', async (request: FastifyRequest<{ Body?: string }>, reply) => {
		const form = new URLSearchParams(request.body ?? '');
		const who = form.get('action') === 'cancel' ? undefined : whoSignedIn(form);
		const isKnown = identity.deviceCodes.finish(form.get('user_code') ?? '', who);
		const page = deviceCodePage(isKnown ? 'done' : 'unknown');
		return await sendPage(reply.code(isKnown ? 200 : 400), page);
	});
}

/** By a redirect, or by a page whose form goes to the app by itself. */
async function sendAnswer(reply: FastifyReply, answer: SignInAnswer): Promise<FastifyReply> {
	if (answer.responseMode !== 'form_post') return await reply.redirect(addressOf(answer), 302);
	return await sendPage(reply, formPostPage(answer.redirectUri, answer.values));
}

function queryOf(request: TenantRequest): URLSearchParams {
	return new URL(request.url, 'http://emulator').searchParams;
}

function showEntraError(error: Error, _request: FastifyRequest, reply: FastifyReply): void {
	const status = error instanceof EntraError ? error.status : 500;
	void sendPage(reply.code(status), signInErrorPage(error.message));
}

function sendEntraError(error: Error, _request: FastifyRequest, reply: FastifyReply): void {
	if (!(error instanceof EntraError)) throw error;
	void reply.code(error.status).send(error.body());
}
