/** The stored credential: read seldom, checked each time, signed with, and renewed once for all. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { TokenRenewals } from '../../../nodes/MicrosoftPartnerCenter/client/tokenRenewal';
import {
	ExecutionCredential,
	renewalsOf,
} from '../../../nodes/MicrosoftPartnerCenter/n8n/executionCredential';
import { API, CREDENTIAL, credential, executionContext } from '../../support/n8nContext';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';

/** A credential as n8n stores it, used by one execution; what is stored may change. */
function stored(more: object = {}, renew: () => Promise<void> = async () => undefined) {
	const store: { credential: Record<string, unknown>; reads: number } = {
		credential: { ...credential, ...more },
		reads: 0,
	};
	const refreshOAuth2Token = jest.fn(renew);
	const context = executionContext(
		{
			getCredentials: async () => {
				store.reads += 1;
				return store.credential;
			},
		},
		{ refreshOAuth2Token },
	);
	const renewals = new TokenRenewals(new SimulatedClock());
	const held = new ExecutionCredential(context, CREDENTIAL, renewals);
	const setToken = (token: string | undefined) => {
		store.credential = { ...store.credential, oauthTokenData: { access_token: token } };
	};
	return { store, renewals, held, refreshOAuth2Token, setToken };
}

describe('reading', () => {
	it('happens once for many requests, and once more after a renewal', async () => {
		const { store, renewals, held } = stored();
		await Promise.all([held.read(), held.read(), held.current()]);
		await held.identify();
		expect(store.reads).toBe(1);
		renewals.count += 1;
		await held.read();
		expect(store.reads).toBe(2);
	});

	it('that failed is tried again by the next request', async () => {
		const { store, held } = stored({ apiBaseUrl: '' });
		await expect(held.read()).rejects.toThrow('does not point at');
		store.credential = credential;
		await expect(held.read()).resolves.toMatchObject({ baseUrl: API, accessToken: 'a' });
	});

	it('of what n8n can not decrypt is told as a failed sign-in', async () => {
		const getCredentials = async () => {
			throw new Error('Credentials could not be decrypted');
		};
		const renewals = new TokenRenewals(new SimulatedClock());
		const held = new ExecutionCredential(
			executionContext({ getCredentials }),
			CREDENTIAL,
			renewals,
		);
		await expect(held.read()).rejects.toMatchObject({
			name: 'SignInError',
			reason: 'Credentials could not be decrypted',
		});
	});

	it.each([[undefined], [{}], [{ access_token: '' }], ['text']])(
		'finds that a person has not connected it yet: %p',
		async (oauthTokenData) => {
			await expect(stored({ oauthTokenData }).held.read()).rejects.toMatchObject({
				name: 'SignInError',
				reason: 'OAuth credentials not connected',
			});
		},
	);

	it('finds no token of an app that has had none, which is nobody’s fault', async () => {
		const app = { grantType: 'clientCredentials', oauthTokenData: undefined };
		await expect(stored(app).held.read()).resolves.toMatchObject({ accessToken: undefined });
	});

	it.each([
		[{ n8n_expires_at: 1_800_000_000_000 }, 1_800_000_000_000],
		[{ expires_on: '1800000000' }, 1_800_000_000_000],
		[{ n8n_expires_at: 'soon', expires_on: 1_800_000_000 }, 1_800_000_000_000],
		[{ n8n_expires_at: 0 }, undefined],
		[{}, undefined],
	])('takes from %p when the token expires: %p', async (facts, expiresAt) => {
		const { held } = stored({ oauthTokenData: { access_token: 'a', ...facts } });
		expect((await held.current()).expiresAt).toBe(expiresAt);
	});
});

describe('the address', () => {
	const emulatorUrl = 'http://localhost:8787';
	const emulator = { environment: 'emulator', apiBaseUrl: emulatorUrl, emulatorUrl };

	it.each([
		[{}, API],
		[{ apiBaseUrl: ` ${API}// ` }, API],
		[emulator, emulatorUrl],
		[{ ...emulator, emulatorUrl: `${emulatorUrl}/` }, emulatorUrl],
	])('with %p is %s', async (more, baseUrl) => {
		expect((await stored(more).held.read()).baseUrl).toBe(baseUrl);
	});

	it.each([
		{ apiBaseUrl: 'https://contoso.example' },
		{ apiBaseUrl: emulatorUrl, emulatorUrl },
		{ apiBaseUrl: undefined },
		{ ...emulator, apiBaseUrl: 'https://contoso.example' },
		{ ...emulator, apiBaseUrl: 'localhost:8787', emulatorUrl: 'localhost:8787' },
		{ ...emulator, apiBaseUrl: `${emulatorUrl}/v1`, emulatorUrl: `${emulatorUrl}/v1` },
		{ ...emulator, apiBaseUrl: 'http://a@b.example', emulatorUrl: 'http://a@b.example' },
	])('with %p gets no token', async (more) => {
		await expect(stored(more).held.read()).rejects.toMatchObject({ name: 'NotSentError' });
	});
});

describe('what n8n’s helper signs with', () => {
	const signing = async (more: object = {}) => {
		const { caller } = await stored(more).held.read();
		return await caller.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
	};

	it('has nothing to renew the token with, so that n8n renews none by itself', async () => {
		const { oauthTokenData, grantType } = await signing({ grantType: 'clientCredentials' });
		expect(grantType).toBe('authorizationCode');
		expect(oauthTokenData).toEqual({ access_token: 'a', token_type: 'Bearer' });
	});

	it('is a bearer token, whatever the token endpoint called it: never one in the address', async () => {
		const { oauthTokenData } = await signing({
			oauthTokenData: { access_token: 'a', tokenType: 'mac', token_type: 'pop', refreshToken: 'r' },
		});
		expect(oauthTokenData).toEqual({ access_token: 'a', token_type: 'Bearer' });
	});

	it('is a copy each time: what the helper writes into it is gone with it', async () => {
		const { caller } = await stored().held.read();
		const first = await caller.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
		Object.assign(first.oauthTokenData as object, { access_token: 'changed' });
		const second = await caller.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
		expect(second.oauthTokenData).toMatchObject({ access_token: 'a' });
	});
});

describe('the identity', () => {
	const identity = async (more: object = {}) => await stored(more).held.identify();

	it('stays the same with another token, whose own one is another', async () => {
		const [one, other] = [
			await identity(),
			await identity({ oauthTokenData: { access_token: 'b' } }),
		];
		expect(other.key).toBe(one.key);
		expect(other.tokenId).not.toBe(one.tokenId);
	});

	it.each([{ tenantId: 'x' }, { clientId: 'x' }])('is another one with %p', async (more) => {
		expect((await identity(more)).key).not.toBe((await identity()).key);
	});

	it('holds no secret', async () => {
		const secrets = { clientSecret: 's3cret', oauthTokenData: { access_token: 't0ken' } };
		expect(JSON.stringify(await identity(secrets))).not.toMatch(/s3cret|t0ken/);
	});
});

describe('a renewal', () => {
	it('is made by n8n where the stored token is the one that was used', async () => {
		const { held, refreshOAuth2Token } = stored();
		await held.read();
		await held.renew();
		expect(refreshOAuth2Token).toHaveBeenCalledTimes(1);
	});

	it('is not made where another process has stored a new token', async () => {
		const { held, refreshOAuth2Token, setToken } = stored();
		await held.read();
		setToken('b');
		await held.renew();
		expect(refreshOAuth2Token).not.toHaveBeenCalled();
	});

	it('is made where the token was taken away meanwhile: that is no new one', async () => {
		const { held, refreshOAuth2Token, setToken } = stored();
		await held.read();
		setToken(undefined);
		await held.renew();
		expect(refreshOAuth2Token).toHaveBeenCalledTimes(1);
	});

	it('gives n8n token data to renew for an app that has none', async () => {
		const seen: unknown[] = [];
		const context = executionContext(
			{
				getCredentials: async () => ({
					...credential,
					grantType: 'clientCredentials',
					oauthTokenData: undefined,
				}),
			},
			{
				async refreshOAuth2Token(this: {
					getCredentials(): Promise<ICredentialDataDecryptedObject>;
				}) {
					seen.push((await this.getCredentials()).oauthTokenData);
				},
			},
		);
		await new ExecutionCredential(
			context,
			CREDENTIAL,
			new TokenRenewals(new SimulatedClock()),
		).renew();
		expect(seen).toEqual([{}]);
	});

	describe('that Microsoft Entra refuses', () => {
		const refusal = { message: 'AADSTS50173: revoked' };

		beforeEach(() => jest.useFakeTimers());
		afterEach(() => jest.useRealTimers());

		/** What becomes of it, once all looks at the stored credential are over. */
		async function outcomeOf(work: Promise<void>) {
			const outcome = work.then(
				() => 'renewed',
				(error: Error) => `${error.name}: ${error.message}`,
			);
			await jest.advanceTimersByTimeAsync(5_000);
			return await outcome;
		}

		it('fails with its reason', async () => {
			const { held } = stored({}, async () => {
				throw refusal;
			});
			await held.read();
			expect(await outcomeOf(held.renew())).toBe('SignInError: AADSTS50173: revoked');
		});

		it('is good where a quicker worker stores a new token a little later', async () => {
			const { held, setToken } = stored({}, async () => {
				setTimeout(() => setToken('b'), 1_000);
				throw refusal;
			});
			await held.read();
			expect(await outcomeOf(held.renew())).toBe('renewed');
		});

		it('is good where a quicker worker has stored one meanwhile', async () => {
			const { held, setToken } = stored({}, async () => {
				setToken('b');
				throw refusal;
			});
			await held.read();
			expect(await outcomeOf(held.renew())).toBe('renewed');
		});
	});
});

describe('renewals', () => {
	const withId = (id: string | undefined) =>
		executionContext({ getNode: () => ({ credentials: { [CREDENTIAL]: { id } } }) });

	it('are shared by all executions with the same stored credential', () => {
		expect(renewalsOf(withId('1'), CREDENTIAL)).toBe(renewalsOf(withId('1'), CREDENTIAL));
		expect(renewalsOf(withId('2'), CREDENTIAL)).not.toBe(renewalsOf(withId('1'), CREDENTIAL));
	});
});
