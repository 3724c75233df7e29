/** n8n's editor in a browser's page: how things are found on it, whichever they are. */
import type { Locator, Page } from 'playwright-core';

import type { Major } from '../../../../dev/n8n/n8nVersions';
import { differences, type Differences } from './differences';

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
