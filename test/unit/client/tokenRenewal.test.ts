import type { HttpRequest } from '../../../nodes/MicrosoftPartnerCenter/client/http';
import {
	CancelledError,
	NoAnswerError,
	SignInError,
} from '../../../nodes/MicrosoftPartnerCenter/client/http';
import {
	keepSignedIn,
	MAX_RENEWAL_MS,
	TokenRenewals,
	type TokenFacts,
} from '../../../nodes/MicrosoftPartnerCenter/client/tokenRenewal';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';

const request: HttpRequest = { method: 'GET', path: '/v1/x', headers: {}, timeout: 1000 };

const immediately = async () => await new Promise((resolve) => setImmediate(resolve));

/** Lets requests be answered that take no simulated time. */
const settle = async () => {
	for (let n = 0; n < 5; n += 1) await immediately();
};

/** A service that takes one token at a time; renewing changes what is sent. */
function service({
	accepts = (token: number) => token > 0,
	renewal = immediately as () => Promise<unknown>,
	expiresIn = undefined as ((token: number) => number) | undefined,
	turn = async () => undefined as unknown,
} = {}) {
	let token = 0;
	const calls = { sent: 0, renewed: 0 };
	const clock = new SimulatedClock();
	const state = new TokenRenewals(clock);
	const make = (own: Pick<SimulatedClock, 'now' | 'monotonic' | 'sleep' | 'random'> = clock) => {
		const sendWithToken = keepSignedIn(
			{
				current: async (): Promise<TokenFacts> => {
					const facts = { id: String(token) };
					return expiresIn === undefined
						? facts
						: { ...facts, expiresAt: clock.now() + expiresIn(token) };
				},
				renew: async () => {
					calls.renewed += 1;
					await renewal();
					token += 1;
				},
			},
			state,
			own,
		);
		return async (one: HttpRequest) =>
			await sendWithToken(one, async (_sent, onSend) => {
				await turn();
				await onSend();
				calls.sent += 1;
				const used = token;
				await immediately();
				return { status: accepts(used) ? 200 : 401, headers: {}, body: {} };
			});
	};
	/** Somebody connects the credential anew, by hand. */
	const reconnect = () => {
		token = 100;
	};
	return { make, calls, state, clock, reconnect };
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
		expect([state.count, state.isBusy]).toEqual([1, false]);
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

it('a request that waits for its turn while tokens expire has the one renewed that it is sent with', async () => {
	let expired = 0;
	let letSlowOneGo = () => {};
	const turns = [new Promise<void>((resolve) => (letSlowOneGo = resolve)), Promise.resolve()];
	const { make, calls } = service({
		accepts: (token) => token > expired,
		turn: async () => await turns.shift(),
	});
	const slow = make()(request);
	await settle();
	// Another one has the first token renewed; then that one expires, too, and nobody has seen it.
	expect((await make()(request)).status).toBe(200);
	expired = 1;
	letSlowOneGo();
	expect((await slow).status).toBe(200);
	expect(calls.renewed).toBe(2);
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
	const clock = new SimulatedClock();
	const tokens = {
		current: async () => ({ id: String(renewed) }),
		renew: async () => {
			renewed += 1;
		},
	};
	const sendWithToken = keepSignedIn(tokens, new TokenRenewals(clock), clock);
	const send = async () =>
		await sendWithToken(request, async () => ({
			status: statuses.shift() ?? 200,
			headers: {},
			body: '',
		}));
	expect([(await send()).status, (await send()).status, (await send()).status]).toEqual([
		401, 200, 200,
	]);
	expect(renewed).toBe(2);
});

describe('a renewal belongs to the process', () => {
	it('one who began it and is cancelled leaves, and the others get their token', async () => {
		const { make, calls, clock } = service({
			renewal: async () => await clock.after(500),
		});
		const cancelledAfter = (milliseconds: number) => ({
			now: () => clock.now(),
			monotonic: () => clock.monotonic(),
			random: () => clock.random(),
			sleep: async () => {
				await clock.after(milliseconds);
				throw new CancelledError();
			},
		});
		const began = make(cancelledAfter(100))(request).catch((error: unknown) => error);
		const waits = make()(request);
		await settle();
		await expect(clock.run(began)).resolves.toBeInstanceOf(CancelledError);
		await expect(clock.run(waits)).resolves.toMatchObject({ status: 200 });
		expect(calls.renewed).toBe(1);
	});

	it('one that is never answered: each waits for its own Timeout, and it is given up after a minute', async () => {
		const { make, calls, state, clock } = service({ renewal: () => new Promise(() => undefined) });
		const startedAt = clock.monotonic();
		const hasty = make()({ ...request, timeout: 1_000 }).catch((error: unknown) => error);
		const patient = make()({ ...request, timeout: 300_000 }).catch((error: unknown) => error);
		await settle();
		await expect(clock.run(hasty)).resolves.toMatchObject({
			name: 'NoAnswerError',
			from: 'Microsoft Entra',
			timedOut: true,
			mayHaveArrived: false,
		});
		expect(clock.monotonic() - startedAt).toBe(1_000);
		await expect(clock.run(patient)).resolves.toBeInstanceOf(NoAnswerError);
		expect(clock.monotonic() - startedAt).toBe(MAX_RENEWAL_MS);
		expect(state.isBusy).toBe(false);
		// The next one may try.
		const next = make()(request).catch((error: unknown) => error);
		await settle();
		await expect(clock.run(next)).resolves.toBeInstanceOf(NoAnswerError);
		expect(calls.renewed).toBe(2);
	});

	it('does not hold up one whose credential was connected anew', async () => {
		const { make, reconnect, clock } = service({ renewal: () => new Promise(() => undefined) });
		const stuck = make()({ ...request, timeout: 30_000 }).catch((error: unknown) => error);
		await settle();
		reconnect();
		await expect(make()(request)).resolves.toMatchObject({ status: 200 });
		await clock.run(stuck);
	});
});

describe('a token that is about to expire', () => {
	const soon = (token: number) => (token === 0 ? 30_000 : 3_600_000);

	it('is renewed before a request is sent, once for all', async () => {
		const { make, calls } = service({ expiresIn: soon });
		await Promise.all([make()(request), make()(request), make()(request)]);
		expect(calls).toEqual({ sent: 3, renewed: 1 });
	});

	it('is sent where it is good yet and can’t be renewed', async () => {
		const { make, calls } = service({
			accepts: () => true,
			expiresIn: soon,
			renewal: () => Promise.reject(new SignInError('AADSTS50173')),
		});
		const send = make();
		await expect(send(request)).resolves.toMatchObject({ status: 200 });
		await expect(send(request)).resolves.toMatchObject({ status: 200 });
		expect(calls).toEqual({ sent: 2, renewed: 1 });
	});

	it('is sent after some seconds where its renewal hangs and it is good yet', async () => {
		const { make, calls, clock } = service({
			accepts: () => true,
			expiresIn: soon,
			renewal: () => new Promise(() => undefined),
		});
		const startedAt = clock.monotonic();
		const sent = make()({ ...request, timeout: 300_000 });
		await settle();
		await expect(clock.run(sent)).resolves.toMatchObject({ status: 200 });
		expect(clock.monotonic() - startedAt).toBeLessThan(10_000);
		expect(calls).toEqual({ sent: 1, renewed: 1 });
	});

	it('is not renewed again and again where a clock is wrong', async () => {
		const { make, calls, clock } = service({ accepts: () => true, expiresIn: () => -3_600_000 });
		const send = make();
		for (let n = 0; n < 20; n += 1) await send(request);
		expect(calls).toEqual({ sent: 20, renewed: 1 });
		await clock.run(clock.after(6 * 60_000));
		await send(request);
		expect(calls.renewed).toBe(2);
	});
});
