/** The panel that a person adds nodes from, by typing what they want to do. */
import type { Locator } from 'playwright-core';

import type { Editor } from './Editor';
import { NodeForm } from './NodeForm';

export class NodesPanel {
	constructor(private readonly editor: Editor) {}

	/** Opens a new, empty workflow, and the panel for its first step: triggers. */
	async openForTrigger(): Promise<void> {
		await this.editor.open('/workflow/new');
		await this.editor.byId('canvas-add-button').click();
		await this.searchBar.waitFor();
	}

	/** Opens a new workflow that starts by hand, and the panel for the step behind. */
	async openForAction(): Promise<void> {
		await this.openForTrigger();
		await this.entry('Trigger manually').click();
		await this.editor.byId('canvas-handle-plus').first().click();
		await this.searchBar.waitFor();
	}

	/** Types words; the package's entry has to be there then. */
	async search(words: string): Promise<void> {
		await this.searchBar.fill(words);
		await this.entry(PACKAGE_ENTRY).waitFor();
	}

	/** Opens the package's entry. @returns the actions that it offers, as they are read */
	async openEntry(): Promise<string[]> {
		await this.entry(PACKAGE_ENTRY).click();
		await this.entry(PACKAGE_ENTRY).waitFor({ state: 'hidden' });
		await this.entries.first().waitFor();
		return await this.entries.allInnerTexts();
	}

	/** All that the panel says of the entry that is open. */
	async about(): Promise<string> {
		return await this.editor.byId('node-creator').innerText();
	}

	/** Adds the node that an action stands for; its form opens. */
	async add(action: string): Promise<NodeForm> {
		await this.entry(action).click();
		const form = new NodeForm(this.editor);
		await form.isOpen();
		return form;
	}

	private get searchBar(): Locator {
		return this.editor.byId('node-creator-search-bar');
	}

	private get entries(): Locator {
		return this.editor.byId('node-creator-item-name');
	}

	private entry(name: string): Locator {
		return this.entries.getByText(name, { exact: true });
	}
}

/** n8n lists a node and its trigger as one entry. */
const PACKAGE_ENTRY = 'Microsoft Partner Center';
