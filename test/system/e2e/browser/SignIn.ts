/** n8n's own sign-in form. */
import type { Owner } from '../../../../dev/n8n/Session';
import type { Editor } from './Editor';

export class SignIn {
	constructor(private readonly editor: Editor) {}

	/** Types who signs in, and waits for the first page. */
	async as({ email, password }: Owner): Promise<void> {
		const { page } = this.editor;
		await this.editor.open('/signin');
		await page.locator('input[name=emailOrLdapLoginId]').fill(email);
		await page.locator('input[type=password]').fill(password);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.waitForURL(/\/home\/workflows/);
		await this.editor.byId('project-home-menu-item').waitFor();
	}
}
