// The browser of the tests: the system's Chromium, headless. playwright-core brings none of its own.
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const DEFAULT_PATH = '/usr/bin/chromium';
/** Nothing of these may ask other hosts, and a container's root may not use Chromium's sandbox. */
const QUIET = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-dev-shm-usage',
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
const OWN_HOSTS = new Set(['localhost', '127.0.0.1']);
/** Generous: the machine may be busy with other tests. */
const ACTION_TIMEOUT = 45_000;

export const WINDOW = { width: 1440, height: 900 };

/** @throws Error that says how to install Chromium when there is none */
export async function launchChromium(
	executablePath = process.env.CHROMIUM_PATH ?? DEFAULT_PATH,
): Promise<Browser> {
	if (!existsSync(executablePath)) {
		throw new Error(
			`There is no Chromium at ${executablePath}. Install it (Debian, Ubuntu: apt-get install chromium), ` +
				'or name a Chromium or Chrome in CHROMIUM_PATH.',
		);
	}
	return await chromium.launch({ executablePath, args: QUIET });
}

/** A page in a profile of its own, in light colours, that reaches this machine only. */
export async function newPage(browser: Browser, deviceScaleFactor = 1): Promise<Page> {
	const context = await browser.newContext({
		colorScheme: 'light',
		locale: 'en-US',
		timezoneId: 'Europe/Amsterdam',
		viewport: WINDOW,
		deviceScaleFactor,
	});
	context.setDefaultTimeout(ACTION_TIMEOUT);
	await context.route(
		(url) => /^https?:$/.test(url.protocol) && !OWN_HOSTS.has(url.hostname),
		(route) => route.abort(),
	);
	const page = await context.newPage();
	// n8n asks before it leaves a workflow that is not saved.
	page.on('dialog', (dialog) => void dialog.accept());
	return page;
}
