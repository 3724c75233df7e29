/** One emulator and one Chromium per test file, and what a person would do with them. */
import type { Browser, Page } from 'playwright-core';
import {
	startEmulator,
	type Emulator,
	type EmulatorOptions,
} from '../../../../dev/emulator/startEmulator';
import { launchChromium, newPage, type PageOptions } from '../../../support/browser/chromium';
import { documented } from '../../contract/support/fixtures';

export interface Stage {
	readonly emulator: Emulator;
	/** A fresh page at this path, closed after the test. Anything the browser complains of fails it. */
	open(path: string, options?: OpenOptions): Promise<Page>;
	/** A GET with a token, as a workflow sends it; null when the connection was cut. */
	call(path: string): Promise<number | null>;
	/** Confirms the documented agreement for this customer. */
	confirm(customerId: string): Promise<number | null>;
}

export interface OpenOptions extends PageOptions {
	/** Complaints of the browser that the test brings about itself. */
	expects?: RegExp;
}

export function stageForThisFile(options: EmulatorOptions = {}): Stage {
	let running: { emulator: Emulator; browser: Browser } | undefined;
	const open: Page[] = [];
	const complaints: string[] = [];
	const stage = () => {
		if (running === undefined) throw new Error('The browser has not been started yet');
		return running;
	};

	beforeAll(async () => {
		running = { browser: await launchChromium(), emulator: await startEmulator(options) };
	}, 60_000);
	beforeEach(() => stage().emulator.reset());
	afterEach(async () => {
		for (const page of open.splice(0)) await page.context().close();
		expect(complaints.splice(0)).toEqual([]);
	});
	afterAll(async () => {
		await running?.browser.close();
		await running?.emulator.close();
	});

	const send = async (path: string, init: RequestInit) => {
		const { emulator } = stage();
		const { access_token } = await emulator.issueTokens({ kind: 'user' });
		const headers = { Authorization: `Bearer ${access_token}`, 'Content-Type': 'application/json' };
		return await fetch(emulator.baseUrl + path, { ...init, headers }).then(
			({ status }) => status,
			() => null,
		);
	};

	return {
		get emulator() {
			return stage().emulator;
		},
		open: async (path, { expects, ...pageOptions } = {}) => {
			const page = await newPage(stage().browser, pageOptions);
			open.push(page);
			const complain = (text: string) => {
				if (expects?.test(text) !== true) complaints.push(text);
			};
			page.on('pageerror', (thrown) => complain(thrown.message));
			page.on('console', (line) => {
				if (['error', 'warning'].includes(line.type())) complain(line.text());
			});
			await page.goto(stage().emulator.baseUrl + path);
			return page;
		},
		call: async (path) => await send(path, {}),
		confirm: async (customerId) =>
			await send(`/v1/customers/${customerId}/agreements`, {
				method: 'POST',
				body: JSON.stringify(documented.confirmRequest),
			}),
	};
}
