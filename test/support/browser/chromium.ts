/** A real Chromium for the tests that a person's eyes and keyboard would make. */
import { chromium, type Browser, type Page } from 'playwright-core';

import { findChromium } from './findChromium';

/** Quiet, without a graphics card, and without calls to anywhere of its own. */
const ARGUMENTS = [
	// Chromium refuses its sandbox to a container's root.
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
	'--disable-dev-shm-usage',
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
 * Starts, without windows, the Chromium that `findChromium` finds.
 * @throws when there is none; `bringChromium` brings one, and jest runs it before these tests
 */
export async function launchChromium(): Promise<Browser> {
	const found = findChromium();
	if (found === undefined) throw new Error('There is no Chromium, Chrome or Edge any more');
	const { executablePath } = found;
	const env = { ...process.env, ...found.env };
	return await chromium.launch({ executablePath, args: ARGUMENTS, env, headless: true });
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
