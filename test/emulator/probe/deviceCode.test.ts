/** The sign-in on another device: the code is shown, and the program asks until somebody typed it in. */
import {
	EMULATOR_CLIENT_ID,
	EMULATOR_TENANT_ID,
} from '../../../dev/emulator/identity/registeredApp';
import { startEmulator } from '../../../dev/emulator/startEmulator';
import { signInByDeviceCode } from '../../../dev/probe/signIn/deviceCode';
import { Tokens } from '../../../dev/probe/signIn/Tokens';
import { Wire } from '../../../dev/probe/wire/Wire';
import { Servers } from './support';

const CLIENT_ID = '11111111-2222-4333-8444-555555555555';
const servers = new Servers();
afterEach(() => servers.close());

const STARTED = {
	device_code: 'device',
	user_code: 'ABCD',
	verification_uri: 'https://microsoft.com/devicelogin',
	interval: 0,
	message: 'To sign in, enter ABCD.',
};
const GRANTED = { access_token: 'access', refresh_token: 'refresh', expires_in: 3600 };
const refusal = (error: string) => ({ error, error_description: `AADSTS: ${error}` });

/** Answers the token endpoint's calls with these, in their order. */
async function entra(...answers: object[]): Promise<{ tokens: Tokens; forms: string[] }> {
	const forms: string[] = [];
	const url = await servers.start((request, response) => {
		void (async () => {
			let form = '';
			for await (const chunk of request) form += String(chunk);
			forms.push(`${request.url ?? ''} ${form}`);
			const isStart = request.url?.endsWith('/devicecode') === true;
			const answer = isStart ? STARTED : (answers.shift() ?? refusal('expired_token'));
			response.writeHead('error' in answer ? 400 : 200).end(JSON.stringify(answer));
		})();
	});
	const endpoints = { login: url, api: url };
	const app = { tenant: 'contoso.onmicrosoft.com', clientId: CLIENT_ID };
	return { tokens: new Tokens(new Wire(endpoints), endpoints, app), forms };
}

test('it waits while the sign-in is pending, and then has a user', async () => {
	const pending = refusal('authorization_pending');
	const { tokens, forms } = await entra(pending, pending, GRANTED);
	const shown: string[] = [];
	await signInByDeviceCode(tokens, ({ message }) => shown.push(message));
	expect(shown).toEqual([STARTED.message]);
	expect(tokens.hasUser).toBe(true);
	expect(await tokens.accessToken('user')).toBe('access');
	expect(forms).toHaveLength(4);
	expect(forms[0]).toContain('/contoso.onmicrosoft.com/oauth2/v2.0/devicecode');
	expect(forms[0]).toContain('offline_access');
	expect(forms[3]).toContain('device_code=device');
});

test.each(['authorization_declined', 'expired_token'])('%s ends it', async (error) => {
	const { tokens } = await entra(refusal(error));
	await expect(signInByDeviceCode(tokens, () => undefined)).rejects.toThrow(`AADSTS: ${error}`);
	expect(tokens.hasUser).toBe(false);
});

test('it signs in to the emulator, where a person types the code in', async () => {
	const { baseUrl, close } = await startEmulator();
	const endpoints = { login: baseUrl, api: baseUrl };
	const app = { tenant: EMULATOR_TENANT_ID, clientId: EMULATOR_CLIENT_ID };
	const tokens = new Tokens(new Wire(endpoints), endpoints, app);
	await signInByDeviceCode(tokens, ({ user_code, verification_uri }) => {
		expect(verification_uri).toBe(`${baseUrl}/devicelogin`);
		const body = new URLSearchParams({ user_code, action: 'signIn' });
		void fetch(verification_uri, { method: 'POST', body: body.toString() });
	});
	const token = await tokens.accessToken('user');
	await close();
	expect(token).toMatch(/^eyJ/);
});
