/** The form of a node: its credential, its fields, what comes out of it. */
import type { Locator } from 'playwright-core';

import { CustomerField } from './CustomerField';
import type { Editor } from './Editor';
import { Field } from './Field';
import { OutputPanel } from './OutputPanel';

export class NodeForm {
	readonly customer: CustomerField;
	readonly output: OutputPanel;

	constructor(private readonly editor: Editor) {
		this.customer = new CustomerField(editor);
		this.output = new OutputPanel(editor);
	}

	/** All fields, below the credential. */
	get parameters(): Locator {
		return this.editor.byId('node-parameters');
	}

	/** The whole view: what comes in, the form, what goes out. */
	get dialog(): Locator {
		return this.editor.byId('ndv');
	}

	async isOpen(): Promise<void> {
		await this.parameters.waitFor();
		// n8n draws collections last, when it has loaded how.
		await this.parameters.locator('[data-test-id="input-label"]').first().waitFor();
	}

	async close(): Promise<void> {
		await this.editor.page.keyboard.press('Escape');
		await this.parameters.waitFor({ state: 'hidden' });
	}

	field(name: string): Field {
		return new Field(this.editor, this.parameters, name);
	}

	/** What a select field such as Resource shows. */
	async chosen(name: string): Promise<string> {
		return await this.field(name).value();
	}

	/** The labels of the form, from top to bottom, without the credential's. */
	async labels(): Promise<string[]> {
		return await this.parameters
			.locator('[data-test-id="input-label"]:visible label .n8n-text:first-of-type')
			.allInnerTexts();
	}

	/** Where the link with these words in the form's callout leads. */
	async calloutLink(words: string): Promise<string | null> {
		const link = this.parameters.getByRole('link', { name: words });
		await link.waitFor();
		return await link.getAttribute('href');
	}

	async chooseCredential(name: string): Promise<void> {
		await this.editor.byId('node-credentials-select').click();
		await this.editor.option(name).click();
	}

	/** Opens the chosen credential's form. */
	async editCredential(): Promise<void> {
		await this.editor.byId('credential-edit-button').click();
		await this.editor.byId('editCredential-modal').waitFor();
	}

	/** The names that a button such as "Add option" offers. */
	async addable(button: string): Promise<string[]> {
		await this.adder(button).click();
		await this.editor.options().first().waitFor();
		const names = await this.editor.options().allInnerTexts();
		await this.editor.page.keyboard.press('Escape');
		await this.editor.options().first().waitFor({ state: 'hidden' });
		return names;
	}

	async add(button: string, name: string): Promise<void> {
		await this.adder(button).click();
		await this.editor.option(name).click();
	}

	/** Runs this node alone, with the nodes before it where they have not run yet. */
	async executeStep(): Promise<void> {
		const started = this.editor.page.waitForResponse(/\/rest\/workflows\/[^/]+\/run/);
		await this.editor.byId('node-execute-button').click();
		await started;
	}

	private adder(button: string): Locator {
		return this.parameters.getByPlaceholder(button);
	}
}
