/** A person signs in without a mouse. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { authorizeUrl, V2 } from '../contract/support/signIn';
import {
	EMULATOR_CLIENT_ID,
	EMULATOR_CLIENT_SECRET,
} from '../../../dev/emulator/identity/registeredApp';
import { decodeJwt } from 'jose';
import { stageForThisFile } from './support/stage';

const stage = stageForThisFile();

/** Where n8n would wait for the browser to come back. */
let callback: Server | undefined;
let callbackUrl = '';
beforeAll(async () => {
	callback = createServer((_request, response) => {
		response.setHeader('content-type', 'text/html');
		response.end('<title>Back in n8n</title><link rel="icon" href="data:," />');
	});
	await new Promise<void>((resolve) => callback?.listen(0, '127.0.0.1', resolve));
	const { port } = callback.address() as AddressInfo;
	callbackUrl = `http://127.0.0.1:${port}/rest/oauth2-credential/callback`;
});
afterAll(() => callback?.close());

const press = async (page: Page, ...keys: string[]) => {
	for (const key of keys) await page.keyboard.press(key);
};
const open = async () => await stage.open(authorizeUrl({ redirect_uri: callbackUrl }));
const redeem = async (page: Page) => {
	await page.waitForURL(`${callbackUrl}?*`);
	const answer = await fetch(`${stage.emulator.baseUrl}${V2}/token`, {
		method: 'POST',
		body: new URLSearchParams({
			client_id: EMULATOR_CLIENT_ID,
			client_secret: EMULATOR_CLIENT_SECRET,
			grant_type: 'authorization_code',
			code: new URL(page.url()).searchParams.get('code') ?? '',
			redirect_uri: callbackUrl,
		}),
	});
	const { access_token } = (await answer.json()) as { access_token: string };
	return decodeJwt(access_token);
};

test('Enter alone signs in the admin agent with MFA', async () => {
	const page = await open();
	await press(page, 'Tab', 'Enter');
	expect(await redeem(page)).toMatchObject({ name: 'Robin Admin', amr: ['pwd', 'mfa'] });
	expect(await page.title()).toBe('Back in n8n');
});

test('arrows choose another person and a password only, Space presses the button', async () => {
	const page = await open();
	await press(page, 'Tab', 'ArrowDown', 'Tab', 'ArrowDown');
	expect(await page.getByRole('radio', { name: /^Sam Sales/ }).isChecked()).toBe(true);
	expect(await page.getByRole('radio', { name: /^With a password only/ }).isChecked()).toBe(true);
	await press(page, 'Tab', 'Space');
	expect(await redeem(page)).toMatchObject({ name: 'Sam Sales', amr: ['pwd'] });
});

test('Cancel is reached last, and says so to n8n', async () => {
	const page = await open();
	await press(page, 'Tab', 'Tab', 'Tab', 'Tab');
	expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Cancel');
	await press(page, 'Enter');
	await page.waitForURL(`${callbackUrl}?*`);
	expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied');
});

test('each choice shows that it has the focus', async () => {
	const page = await open();
	for (let stop = 0; stop < 4; stop += 1) {
		await press(page, 'Tab');
		expect(
			await page.evaluate(`(() => {
				const focused = document.activeElement;
				const shown = getComputedStyle(focused.closest('label') ?? focused);
				return shown.outlineStyle + ' ' + shown.outlineWidth;
			})()`),
		).toBe('solid 3px');
	}
});

test('says where the browser goes afterwards', async () => {
	const page = await open();
	await page.getByText(`You return to ${new URL(callbackUrl).host} afterwards.`).waitFor();
});

test('a refused sign-in leads to the values that are right', async () => {
	const page = await stage.open(authorizeUrl({ client_id: 'nobody' }), {
		expects: /status of 400/,
	});
	await press(page, 'Tab', 'Enter');
	await page.getByRole('region', { name: 'Connect n8n' }).getByText(EMULATOR_CLIENT_ID).waitFor();
});
