/** A page of the tests' browser as n8n's editor needs it: this machine only, and no questions. */
import type { Browser, Page } from 'playwright-core';

import { newPage } from '../../../support/browser/chromium';

const OWN_HOSTS = new Set(['localhost', '127.0.0.1']);
/** Generous: the machine may be busy with other tests. */
const ACTION_TIMEOUT = 45_000;

export const WINDOW = { width: 1440, height: 900 };

/** In a profile of its own, in light colours. */
export async function newEditorPage(browser: Browser, deviceScaleFactor = 1): Promise<Page> {
	const page = await newPage(browser, {
		viewport: WINDOW,
		deviceScaleFactor,
		timezone: 'Europe/Amsterdam',
	});
	page.context().setDefaultTimeout(ACTION_TIMEOUT);
	await page.context().route(
		(url) => /^https?:$/.test(url.protocol) && !OWN_HOSTS.has(url.hostname),
		(route) => route.abort(),
	);
	// n8n asks before it leaves a workflow that is not saved.
	page.on('dialog', (dialog) => void dialog.accept());
	return page;
}
