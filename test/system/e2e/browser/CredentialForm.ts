/** The credential, from choosing its type to connecting it. */
import type { Locator } from 'playwright-core';

import type { Editor } from './Editor';
import { EmulatorSignIn } from './EmulatorSignIn';
import { Field } from './Field';
import { expectSoon } from './soon';

export class CredentialForm {
	constructor(private readonly editor: Editor) {}

	get dialog(): Locator {
		return this.editor.byId('editCredential-modal');
	}

	/** What can be chosen when these words are typed into the list of credential types. */
	async search(words: string): Promise<string[]> {
		await this.editor.open('/home/credentials');
		await this.editor.byId('add-resource-credential').first().click();
		await this.editor.byId('new-credential-type-select').locator('input').fill(words);
		await this.found.first().waitFor();
		return await this.found.allInnerTexts();
	}

	/** Opens the empty form of the type that was found. */
	async choose(type: string): Promise<void> {
		await this.found.filter({ hasText: type }).click();
		await this.editor.byId('new-credential-type-button').click();
		await this.dialog.waitFor();
	}

	async rename(name: string): Promise<void> {
		const title = this.editor.byId('credential-name');
		await title.click();
		await title.locator('input').fill(name);
		await title.locator('input').press('Enter');
	}

	field(name: string): Field {
		return new Field(this.editor, this.dialog, name);
	}

	/** Opens the sign-in window. */
	async connect(): Promise<EmulatorSignIn> {
		return await this.openWindow(this.editor.differs.connect);
	}

	async reconnect(): Promise<EmulatorSignIn> {
		return await this.openWindow(this.editor.differs.reconnect);
	}

	/** Whether the form says that an account is connected. */
	async isConnected(): Promise<boolean> {
		return await this.dialog.getByText('Account connected').isVisible();
	}

	/** Saves it; n8n then tries what it was given. Where nothing changed, "Saved" stands in the button's place. */
	async save(): Promise<void> {
		await this.editor.byId('credential-save-button').getByText('Save', { exact: true }).click();
	}

	/** Waits until the form says so. */
	async says(words: string | RegExp): Promise<void> {
		await this.dialog.getByText(words).locator('visible=true').first().waitFor();
	}

	/** Waits until the form gives this reason, which stands behind "More details" until it was opened once. */
	async saysInDetails(reason: string | RegExp): Promise<void> {
		const details = this.dialog.getByText('More details').locator('visible=true');
		const said = this.dialog.getByText(reason).locator('visible=true').first();
		const isSaid = async () => {
			if (await said.isVisible()) return true;
			// It may go meanwhile, when the answer to a newer test arrives.
			if (await details.isVisible()) await details.click({ timeout: 1000 }).catch(() => undefined);
			return false;
		};
		await expectSoon(isSaid, true);
	}

	/** The dialog is lower than its fields, however high the window is. */
	async scrollToEnd(): Promise<void> {
		await this.dialog.hover();
		await this.editor.page.mouse.wheel(0, SCREENFUL);
	}

	async close(): Promise<void> {
		await this.dialog.locator('.el-dialog__headerbtn').click();
		await this.dialog.waitFor({ state: 'hidden' });
	}

	private async openWindow(button: string): Promise<EmulatorSignIn> {
		const [popup] = await Promise.all([
			this.editor.page.waitForEvent('popup'),
			this.dialog.getByRole('button', { name: button, exact: true }).click(),
		]);
		return new EmulatorSignIn(popup);
	}

	private get found(): Locator {
		return this.editor.byId('new-credential-type-select-option');
	}
}

const SCREENFUL = 2000;
