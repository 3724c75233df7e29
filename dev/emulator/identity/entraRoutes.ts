/** Microsoft Entra over HTTP: sign-in page, token endpoints, discovery and signing keys. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../pages/page';
import { signInErrorPage, signInPage } from '../pages/signInPage';
import type { EmulatorContext } from '../EmulatorContext';
import { completeSignIn, readSignInRequest } from './authorize';
import { EntraError } from './entraErrors';
import { discoveryDocument } from './discovery';
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
		return await sendPage(reply, signInPage(asked.redirectUri));
	};
	const signIn = async (request: TenantRequest, reply: FastifyReply) => {
		const asked = readSignInRequest(identity, request.params.tenant, queryOf(request));
		const choice = new URLSearchParams(request.body ?? '');
		return await reply.redirect(completeSignIn(identity, asked, choice), 302);
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

	for (const [path, version] of [
		['/:tenant/oauth2/v2.0', 'v2'],
		['/:tenant/oauth2', 'v1'],
	] as const) {
		app.get<TenantRoute>(`${path}/authorize`, { errorHandler: showEntraError }, showSignIn);
		app.post<TenantRoute>(`${path}/authorize`, { errorHandler: showEntraError }, signIn);
		app.post<TenantRoute>(`${path}/token`, token(version));
	}
	app.get<TenantRoute>(
		'/:tenant/v2.0/.well-known/openid-configuration',
		{ errorHandler: sendEntraError },
		(request: TenantRequest) =>
			discoveryDocument(context.baseUrl, identity.resolveTenant(request.params.tenant)),
	);
	app.get('/:tenant/discovery/v2.0/keys', async () => ({ keys: [(await signingKey()).publicJwk] }));
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
