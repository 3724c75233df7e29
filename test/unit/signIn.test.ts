import type { HttpRequest } from '../../nodes/MicrosoftPartnerCenter/client/http';
import { SignInError } from '../../nodes/MicrosoftPartnerCenter/client/http';
import { keepSignedIn } from '../../nodes/MicrosoftPartnerCenter/client/signIn';
import { adviceForSignIn } from '../../nodes/MicrosoftPartnerCenter/client/signInErrors';

const request: HttpRequest = { method: 'GET', path: '/v1/x', headers: {}, timeout: 1 };

/** A service that takes one token at a time; renewing changes what is sent. */
function service({ accepts = (token: number) => token > 0, renewal = async () => undefined } = {}) {
	let token = 0;
	const calls = { sent: 0, renewed: 0 };
	const state = { renewals: 0, underWay: undefined as Promise<void> | undefined };
	const make = () =>
		keepSignedIn(
			async () => {
				calls.sent += 1;
				const used = token;
				await new Promise((resolve) => setImmediate(resolve));
				return { status: accepts(used) ? 200 : 401, headers: {}, body: {} };
			},
			async () => {
				calls.renewed += 1;
				await new Promise((resolve) => setImmediate(resolve));
				await renewal();
				token += 1;
			},
			state,
		);
	return { make, calls, state };
}

describe('an expired token', () => {
	it('is renewed once for all requests under way, and each is tried once more', async () => {
		const { make, calls } = service();
		const send = make();
		const answers = await Promise.all(Array.from({ length: 50 }, () => send(request)));
		expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
		expect(calls).toEqual({ sent: 100, renewed: 1 });
	});

	it('is renewed once for two executions that share a credential', async () => {
		const { make, calls } = service();
		await Promise.all([make()(request), make()(request)]);
		expect(calls.renewed).toBe(1);
	});

	it('leaves a count behind in the process, and no token', async () => {
		const { make, state } = service();
		await make()(request);
		expect(state).toEqual({ renewals: 1, underWay: undefined });
	});

	it('is waited for by requests that come during the renewal', async () => {
		const { make, calls } = service();
		const send = make();
		const early = send(request);
		await new Promise((resolve) => setImmediate(resolve));
		await new Promise((resolve) => setImmediate(resolve));
		await Promise.all([early, send(request)]);
		expect(calls).toMatchObject({ renewed: 1 });
	});
});

describe('a token that is refused also after its renewal', () => {
	it('is not renewed again for every item', async () => {
		const { make, calls } = service({ accepts: () => false });
		const send = make();
		for (let item = 0; item < 20; item += 1) {
			expect((await send(request)).status).toBe(401);
		}
		expect(calls.renewed).toBe(1);
	});

	it('is renewed again by the next execution', async () => {
		const { make, calls } = service({ accepts: () => false });
		await make()(request);
		await make()(request);
		expect(calls.renewed).toBe(2);
	});
});

it('a renewal that fails reaches everybody who waited for it, with one token request', async () => {
	const { make, calls } = service({
		renewal: () => Promise.reject(new SignInError('AADSTS700082')),
	});
	const send = make();
	const answers = await Promise.allSettled([send(request), send(request), send(request)]);
	expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
	expect(calls.renewed).toBe(1);
});

it('a renewal that was refused is not asked for again by the items that follow', async () => {
	const { make, calls } = service({
		renewal: () => Promise.reject(new SignInError('AADSTS700082')),
	});
	const send = make();
	for (let item = 0; item < 10; item += 1) {
		await expect(send(request)).rejects.toThrow('AADSTS700082');
	}
	expect(calls).toEqual({ sent: 1, renewed: 1 });
});

it('a token that was accepted and expires later is renewed, also after a 401 that had another cause', async () => {
	const statuses = [401, 401, 200, 401, 200];
	let renewed = 0;
	const send = keepSignedIn(
		async () => ({ status: statuses.shift() ?? 200, headers: {}, body: '' }),
		async () => {
			renewed += 1;
		},
		{ renewals: 0, underWay: undefined },
	);
	expect([
		(await send(request)).status,
		(await send(request)).status,
		(await send(request)).status,
	]).toEqual([401, 200, 200]);
	expect(renewed).toBe(2);
});

describe('what Microsoft Entra says', () => {
	it.each([
		['AADSTS50076: Due to a configuration change …', /requires multi-factor/, /reconnect/],
		['AADSTS50079: …', /requires multi-factor/, /reconnect/],
		['AADSTS50173: …', /revoked/, /reconnect/],
		['AADSTS65001: …', /no consent/, /user_impersonation/],
		['AADSTS70008: …', /expired/, /90 days/],
		['AADSTS700082: …', /expired/, /90 days/],
		['AADSTS700007: …', /another app/, /reconnect/],
		['AADSTS7000215: …', /client secret/, /value, not its ID/],
		['AADSTS7000222: …', /secret has expired/, /new client secret/],
		['AADSTS700025: …', /public client/, /Web/],
		['AADSTS50011: …', /callback URL/, /redirect URIs/],
		['AADSTS50020: …', /does not belong/, /guest/],
		['AADSTS50177: …', /does not belong/, /guest/],
		['AADSTS53003: …', /Conditional Access/, /administrator/],
		['AADSTS90002: …', /does not know this tenant/, /'Tenant'/],
		['AADSTS99999999: …', /could not be renewed/, /AADSTS99999999/],
		['invalid_grant', /could not be renewed/, /reconnect/],
		['OAuth credentials not connected', /not connected/, /Connect my account/],
	])('%s is explained with its fix', (reason, message, advice) => {
		const explained = adviceForSignIn(reason);
		expect(explained.message).toMatch(message);
		expect(explained.advice).toMatch(advice);
	});
});
