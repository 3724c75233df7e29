/** n8n's editor in a browser's page: how things are found on it, whichever they are. */
import type { Locator, Page } from 'playwright-core';

import type { Major } from '../../../../dev/n8n/n8nVersions';
import { differences, type Differences } from './differences';

/** n8n's longest delay of a text (a field's is 100 ms, a resource locator's 300), and some more. */
const TYPING_DELAY = 400;

export class Editor {
	readonly differs: Differences;

	constructor(
		readonly page: Page,
		readonly url: string,
		readonly major: Major,
	) {
		this.differs = differences[major];
	}

	async open(path: string): Promise<void> {
		await this.page.goto(`${this.url}${path}`);
	}

	/** What n8n's own tests find it by. */
	byId(id: string): Locator {
		return this.page.locator(`[data-test-id="${id}"]:visible`);
	}

	/** An entry of the list that is open under a select field. */
	option(name: string): Locator {
		return this.options().filter({
			has: this.page.getByText(name, { exact: true }),
		});
	}

	options(): Locator {
		return this.page.locator('.el-select-dropdown__item:visible');
	}

	/**
	 * Types it in place of what stands there, and waits until the editor has it: an editor takes what
	 * was typed up to 300 ms after the last key. Who saves or runs before that does it with the old text.
	 * A timer of the same page that starts later and takes longer ends later, on a slow machine too.
	 */
	async type(input: Locator, text: string): Promise<void> {
		await input.fill(text);
		await input.evaluate(async (_, delay) => {
			await new Promise((taken) => setTimeout(taken, delay));
		}, TYPING_DELAY);
	}

	/** The text that appears while the pointer rests there. */
	async hoverText(target: Locator): Promise<string> {
		const shown = this.page.locator(this.differs.hoverText);
		await this.page.mouse.move(0, 0);
		await shown.first().waitFor({ state: 'hidden' });
		await target.hover();
		await shown.first().waitFor();
		return (await shown.first().innerText()).trim();
	}
}
