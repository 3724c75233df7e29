/** One field of a form, of a node or a credential: its label, its hover text, what it holds. */
import type { Locator } from 'playwright-core';

import type { Editor } from './Editor';

export class Field {
	readonly input: Locator;
	private readonly item: Locator;

	/** @param name the parameter's name in the description, such as `firstName` */
	constructor(
		private readonly editor: Editor,
		form: Locator,
		name: string,
	) {
		const box = editor.page.locator(`[data-test-id="parameter-input-${name}"]`);
		this.input = form.locator(`[data-test-id="parameter-input-${name}"]`);
		this.item = form
			.locator('[data-test-id="parameter-item"], [data-test-id="credential-connection-parameter"]')
			.filter({ has: box })
			.last();
	}

	private get labelText(): Locator {
		return this.item.locator('label .n8n-text').first();
	}

	/** As a person reads it: without the star of required fields of a credential. */
	async label(): Promise<string> {
		return (await this.labelText.innerText()).replace('*', '').trim();
	}

	/** Whether the label is wider than its place, so that its end is dots. */
	async isLabelCut(): Promise<boolean> {
		return await this.labelText.evaluate(
			({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
		);
	}

	async hasStar(): Promise<boolean> {
		return (await this.labelText.innerText()).includes('*');
	}

	/** The text behind the question mark that appears beside the label. */
	async hoverText(): Promise<string> {
		await this.labelText.hover();
		return await this.editor.hoverText(this.item.locator('[data-icon="circle-help"]').first());
	}

	async placeholder(): Promise<string> {
		return (await this.input.locator('input').first().getAttribute('placeholder')) ?? '';
	}

	async value(): Promise<string> {
		return await this.input.locator('input').first().inputValue();
	}

	/** Waits for this line below the field. */
	async expectHint(text: string): Promise<void> {
		await this.item.getByText(text, { exact: true }).waitFor();
	}

	/** What stands beside an empty required field, or undefined where nothing is marked. */
	async mark(): Promise<string | undefined> {
		const mark = this.item.locator('[data-test-id="parameter-issues"]');
		if ((await mark.count()) === 0) return undefined;
		return await this.editor.hoverText(mark.locator('svg').first());
	}

	async fill(text: string): Promise<void> {
		await this.editor.type(this.input.locator('input').first(), text);
	}

	/** Types a day into a date field, as its picker takes it. */
	async pickDay(day: string): Promise<void> {
		const box = this.input.locator('input').first();
		await box.click();
		await box.fill(day);
		await box.press('Enter');
	}

	/** What can be chosen: each entry's name, and the description below it. */
	async choices(): Promise<string[]> {
		await this.input.click();
		const options = this.editor.options();
		await options.first().waitFor();
		const texts = await options.allInnerTexts();
		await this.input.click();
		await options.first().waitFor({ state: 'hidden' });
		return texts;
	}

	async choose(option: string): Promise<void> {
		await this.input.click();
		await this.editor.option(option).click();
	}
}
