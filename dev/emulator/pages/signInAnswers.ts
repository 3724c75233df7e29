/** What a browser shows around a sign-in: the form that takes an answer to the app, and the device code. */
import { html } from './html';
import { page, type Page } from './page';
import { whoAndHow } from './signInPage';

/** `response_mode=form_post`: the button is there for browsers without scripts. */
export function formPostPage(redirectUri: string, values: Record<string, string>): Page {
	const body = html`<main class="centred">
		<form class="card" method="post" action="${redirectUri}">
			${Object.entries(values).map(
				([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
			)}
			<div class="actions"><button class="main">Continue</button></div>
		</form>
	</main>`;
	return page({ title: 'Signed in', body });
}

/** Where a person types in the code that an app on another device shows. */
export function deviceCodePage(step: 'ask' | 'unknown' | 'done'): Page {
	const title = 'Sign in on another device';
	if (step === 'done') {
		const done = html`<main class="centred">
			<div class="card"><h1>You can go back to the app on your other device.</h1></div>
		</main>`;
		return page({ title, body: done });
	}
	const body = html`<main class="centred">
		<form class="card" method="post">
			<h1>Sign in on another device</h1>
			${step === 'unknown' ? html`<p class="refusal">This code is not known, or has expired.</p>` : html``}
			<label>Code <input name="user_code" autocomplete="off" required /></label>
			${whoAndHow()}
		</form>
	</main>`;
	return page({ title, body });
}
