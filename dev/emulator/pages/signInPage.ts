/** The page a person sees when n8n sends them to sign in: who, and with or without MFA. */
import { partnerUsers } from '../identity/partnerUsers';
import { html, type Html } from './html';
import { page, type Page } from './page';

/** @param redirectUri where the browser goes afterwards; a URL that has been checked */
export function signInPage(redirectUri: string): Page {
	const body = html`<main class="centred">
		<form class="card" method="post">
			<h1>Sign in to the Partner Center emulator</h1>
			<p class="quiet">
				Takes the place of Microsoft’s sign-in. You return to
				<bdi>${new URL(redirectUri).host}</bdi> afterwards.
			</p>
			${whoAndHow()}
		</form>
	</main>`;
	return page({ title: 'Sign in to the Partner Center emulator', body });
}

/** The two questions of every sign-in, and its buttons. */
export function whoAndHow(): Html {
	const users = partnerUsers.map((user, index) =>
		choice({
			name: 'user',
			value: user.oid,
			label: user.name,
			under: `${user.role}, ${user.upn}`,
			checked: index === 0,
		}),
	);
	return html`<fieldset>
			<legend>Who signs in</legend>
			${users}
		</fieldset>
		<fieldset>
			<legend>How</legend>
			${choice({
				name: 'mfa',
				value: 'yes',
				label: 'With a second factor (MFA)',
				under: 'As Partner Center asks for',
				checked: true,
			})}
			${choice({
				name: 'mfa',
				value: 'no',
				label: 'With a password only',
				under: 'Partner Center then refuses every call (code 900421)',
				checked: false,
			})}
		</fieldset>
		<div class="actions">
			<button class="main" name="action" value="signIn">Sign in</button>
			<button name="action" value="cancel">Cancel</button>
		</div>`;
}

/** What Entra shows on its own page instead of sending the browser back. */
export function signInErrorPage(message: string): Page {
	const body = html`<main class="centred">
		<div class="card">
			<h1>Sorry, but we’re having trouble signing you in.</h1>
			<p class="refusal" dir="auto">${message}</p>
			<p>
				Compare the credential in n8n with the values on the
				<a href="/">emulator’s overview</a>, then connect again.
			</p>
		</div>
	</main>`;
	return page({ title: 'Sign-in refused', body });
}

interface Choice {
	name: string;
	value: string;
	label: string;
	/** More about it, below the label. */
	under: string;
	checked: boolean;
}

function choice({ name, value, label, under, checked }: Choice): Html {
	return html`<label class="choice">
		<input type="radio" name="${name}" value="${value}" ${checked ? html`checked` : html``} />
		<span>${label}</span>
		<span class="under">${under}</span>
	</label>`;
}
