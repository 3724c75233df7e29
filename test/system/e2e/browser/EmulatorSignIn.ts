/** The emulator's sign-in page in the window that n8n opens: what stands for Microsoft Entra's. */
import type { Page } from 'playwright-core';

export class EmulatorSignIn {
	constructor(private readonly popup: Page) {}

	/** Signs in; n8n's window closes by itself when the credential is connected. */
	async signIn({ mfa }: { mfa: boolean }): Promise<void> {
		await this.popup.locator(`input[name=mfa][value=${mfa ? 'yes' : 'no'}]`).check();
		const closed = this.popup.waitForEvent('close');
		await this.popup.getByRole('button', { name: 'Sign in' }).click();
		await closed;
	}

	/** @returns what n8n then says in its window, which is closed afterwards */
	async cancel(): Promise<string> {
		await this.popup.getByRole('button', { name: 'Cancel' }).click();
		await this.popup.waitForURL(/oauth2-credential\/callback/);
		const text = await this.popup.locator('body').innerText();
		await this.popup.close();
		return text;
	}
}
