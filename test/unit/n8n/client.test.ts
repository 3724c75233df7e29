/** The client of one execution, and what it shares with others of the same credential. */
import { createClient, newId } from '../../../nodes/MicrosoftPartnerCenter/n8n/client';
import { API, credential, executionContext } from '../../support/n8nContext';

const execution = (stored: object = {}) =>
	createClient(
		executionContext({ getCredentials: async () => ({ ...credential, ...stored }) }),
		'appAndUser',
	);

it('executions with the same credential share a gate and what is known', async () => {
	const [one, other] = [await execution().shared(), await execution().shared()];
	expect(other.throttle).toBe(one.throttle);
	expect(other.tokenId).toBe(one.tokenId);
});

it('after another person has connected the credential, the gate stays and the token is another', async () => {
	const one = await execution().shared();
	const other = await execution({ oauthTokenData: { access_token: 'b' } }).shared();
	expect(other.throttle).toBe(one.throttle);
	expect(other.tokenId).not.toBe(one.tokenId);
});

it('a credential of another tenant shares nothing', async () => {
	const one = await execution({ tenantId: 'a' }).shared();
	const other = await execution({ tenantId: 'b' }).shared();
	expect(other.throttle).not.toBe(one.throttle);
});

it('nothing is read of the credential before it is needed', async () => {
	const getCredentials = jest.fn(async () => credential);
	const { baseUrl } = createClient(executionContext({ getCredentials }), 'appAndUser');
	expect(getCredentials).not.toHaveBeenCalled();
	await expect(baseUrl()).resolves.toBe(API);
	expect(getCredentials).toHaveBeenCalledTimes(1);
});

it('a credential that can not be used is told by whoever needs it, not when it is created', async () => {
	const { baseUrl, shared, signIn } = execution({ oauthTokenData: undefined });
	expect(signIn).toBe('appAndUser');
	await expect(baseUrl()).rejects.toThrow('OAuth credentials not connected');
	await expect(shared()).rejects.toThrow('OAuth credentials not connected');
});

it('each ID is a new GUID', () => {
	expect(newId()).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
	expect(newId()).not.toBe(newId());
});
