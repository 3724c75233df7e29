/** What to type into the credential Microsoft Partner Center OAuth2 API in n8n. The secret stays out of the page, as out of any other. */
import { EMULATOR_CLIENT_ID } from '../../identity/registeredApp';
import type { EmulatorContext } from '../../EmulatorContext';
import { html, type Html } from '../html';

export function connectSection({
	baseUrl,
	tenant,
}: Pick<EmulatorContext, 'baseUrl' | 'tenant'>): Html {
	return html`<section class="panel connect" aria-labelledby="connect">
		<h2 id="connect">Connect n8n</h2>
		<dl class="facts">
			<div>
				<dt>Environment</dt>
				<dd>Emulator</dd>
			</div>
			${fact('Emulator URL', baseUrl)} ${fact('Tenant', tenant)}
			${fact('Client ID', EMULATOR_CLIENT_ID)}
			<div>
				<dt>Client Secret</dt>
				<dd>as <code>npm run emulator</code> prints it</dd>
			</div>
		</dl>
	</section>`;
}

function fact(name: string, value: string): Html {
	return html`<div>
		<dt>${name}</dt>
		<dd><code>${value}</code></dd>
	</div>`;
}
