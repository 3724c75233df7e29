/** A real Chromium for the tests that a person's eyes and keyboard would make. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** Quiet, without a graphics card, and without calls to anywhere of its own. */
const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

export interface PageOptions {
	/** Device pixels to a CSS pixel; 2 makes sharper pictures. Default 1. */
	deviceScaleFactor?: number;
	/** Default 1440 × 900. */
	viewport?: { width: number; height: number };
	/** IANA name. Default UTC. */
	timezone?: string;
	colorScheme?: 'light' | 'dark';
	/** Default true. */
	javaScriptEnabled?: boolean;
}

/**
 * Starts a Chromium without windows: the one at `CHROMIUM_PATH`, or Debian's.
 * @throws when there is none there; the message says how to install one.
 */
export async function launchChromium(): Promise<Browser> {
	const executablePath = process.env['CHROMIUM_PATH'] ?? DEBIAN_CHROMIUM;
	if (!existsSync(executablePath)) {
		throw new Error(
			`There is no Chromium at ${executablePath}. Install it with "sudo apt-get install chromium", or set CHROMIUM_PATH to the path of a Chromium or Chrome.`,
		);
	}
	return await chromium.launch({ executablePath, args: ARGUMENTS, headless: true });
}

/** A page in a context of its own: no cookies or storage of another. `page.context()` is the context. */
export async function newPage(browser: Browser, options: PageOptions = {}): Promise<Page> {
	const context = await browser.newContext({
		viewport: options.viewport ?? { width: 1440, height: 900 },
		deviceScaleFactor: options.deviceScaleFactor ?? 1,
		locale: 'en-US',
		timezoneId: options.timezone ?? 'UTC',
		colorScheme: options.colorScheme ?? 'light',
		javaScriptEnabled: options.javaScriptEnabled ?? true,
	});
	return await context.newPage();
}
