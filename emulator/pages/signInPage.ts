/** The page a person sees when n8n sends them to sign in: who, and with or without MFA. */
import { partnerUsers } from '../identity/partnerUsers';
import { html, page } from './html';

export function signInPage(): string {
	const users = partnerUsers.map(
		(user, index) =>
			html`<label>
				<input
					type="radio"
					name="user"
					value="${user.oid}"
					${index === 0 ? html`checked` : html``}
				/>
				${user.name} <span class="quiet">${user.upn}, ${user.role}</span>
			</label>`,
	);
	const body = html`<h1>Sign in to the Partner Center emulator</h1>
		<form class="card" method="post">
			<fieldset>
				<legend>Who signs in</legend>
				${users}
			</fieldset>
			<fieldset>
				<legend>How</legend>
				<label
					><input type="radio" name="mfa" value="yes" checked /> With a second factor (MFA)</label
				>
				<label><input type="radio" name="mfa" value="no" /> With a password only</label>
			</fieldset>
			<button name="action" value="signIn">Sign in</button>
			<button name="action" value="cancel">Cancel</button>
		</form>`;
	return page('Sign in', body);
}

export function signInErrorPage(message: string): string {
	return page(
		'Sign-in failed',
		html`<h1>Sorry, but we’re having trouble signing you in.</h1>
			<p class="bad">${message}</p>`,
	);
}
