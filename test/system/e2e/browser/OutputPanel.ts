/** What came out of a node, as its form shows it. */
import type { Locator } from 'playwright-core';

import type { Editor } from './Editor';
import { readItems } from './itemTable';

export class OutputPanel {
	constructor(private readonly editor: Editor) {}

	get panel(): Locator {
		return this.editor.byId('output-panel');
	}

	/** The tabs over the items, such as `Confirmed Branch (2 items)`. */
	async branches(): Promise<string[]> {
		const tabs = this.panel.locator('[data-test-id="branches"] [data-test-id^="tab-"]');
		return (await tabs.allInnerTexts()).map((text) => text.trim());
	}

	async openBranch(index: number): Promise<void> {
		await this.panel.locator(`[data-test-id="branches"] [data-test-id="tab-${index}"]`).click();
	}

	/** The lines above the items that the node itself has left. */
	async hints(): Promise<string[]> {
		return (await this.panel.locator('[data-test-id="node-hint"]').allInnerTexts()).map((text) =>
			text.trim(),
		);
	}

	/** The items in the table: what is in these columns, row by row. */
	async items(columns: string[]): Promise<string[][]> {
		return await readItems(this.panel, columns);
	}

	/** What stands there instead of items when the node has stopped with an error. */
	async failure(): Promise<string> {
		await this.panel.locator('[data-test-id="node-error-message"]').waitFor();
		return await this.panel.innerText();
	}
}
