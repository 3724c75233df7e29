/** The Customer field with its modes: from the list, by ID, by URL, by domain. */
import type { Locator } from 'playwright-core';

import type { Editor } from './Editor';

export type CustomerMode = 'list' | 'id' | 'url' | 'domain';

export class CustomerField {
	constructor(private readonly editor: Editor) {}

	async modes(): Promise<string[]> {
		await this.editor.byId('rlc-mode-selector').click();
		const modes = this.editor.page.locator('[data-test-id^="mode-"]:visible');
		await modes.first().waitFor();
		const names = await modes.allInnerTexts();
		await this.editor.byId('rlc-mode-selector').click();
		await modes.first().waitFor({ state: 'hidden' });
		return names;
	}

	async chooseMode(mode: CustomerMode): Promise<void> {
		await this.editor.byId('rlc-mode-selector').click();
		await this.editor.byId(`mode-${mode}`).click();
		await this.editor.byId(`mode-${mode}`).waitFor({ state: 'hidden' });
	}

	/** Opens the list. @returns its first page */
	async openList(): Promise<string[]> {
		await this.input.click();
		await this.entries.first().waitFor();
		return await this.entries.allInnerTexts();
	}

	async search(words: string): Promise<void> {
		await this.editor.byId('rlc-search').fill(words);
	}

	async found(): Promise<string[]> {
		return await this.entries.allInnerTexts();
	}

	async pick(name: string): Promise<void> {
		await this.entries.filter({ hasText: name }).click();
	}

	async type(text: string): Promise<void> {
		await this.editor.type(this.input, text);
	}

	async shows(): Promise<string> {
		return await this.input.inputValue();
	}

	async placeholder(): Promise<string> {
		return (await this.input.getAttribute('placeholder')) ?? '';
	}

	private get input(): Locator {
		return this.editor.byId('rlc-input');
	}

	private get entries(): Locator {
		return this.editor.byId('rlc-item');
	}
}
