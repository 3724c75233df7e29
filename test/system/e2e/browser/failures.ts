/** What a failing test saw: a screenshot and the HTML of each page that was open. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

const FOLDER = join(__dirname, '../failures');

/** @returns the same error, whose message says where to look */
export async function keepFailure(test: string, browser: Browser, error: unknown): Promise<Error> {
	const failure = error instanceof Error ? error : new Error(String(error));
	const pages = browser.contexts().flatMap((context) => context.pages());
	const kept: string[] = [];
	mkdirSync(FOLDER, { recursive: true });
	for (const [index, page] of pages.entries()) {
		const file = join(FOLDER, `${slug(test)}-${index + 1}`);
		try {
			await page.screenshot({ path: `${file}.png` });
			writeFileSync(`${file}.html`, await page.content());
			kept.push(`${file}.png`);
		} catch {
			// A page that is closing has nothing to show.
		}
	}
	const where = kept.map((file) => `\n  ${file}`).join('');
	failure.message += `\n\nWhat the browser showed (a .html lies beside each):${where}`;
	return failure;
}

function slug(name: string): string {
	return name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, 80);
}
