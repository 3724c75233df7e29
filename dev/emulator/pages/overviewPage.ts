/**
 * The page at `/`: what a person watching a demonstration wants to see at a glance. Made on the
 * server; a script keeps it up to date in place, and without scripts it refreshes by itself.
 */
import type { EmulatorContext } from '../EmulatorContext';
import { html, type Html } from './html';
import { attestationSection } from './overview/attestationSection';
import { connectSection } from './overview/connectSection';
import { customersSection } from './overview/customersSection';
import { faultsSection } from './overview/faultsSection';
import { requestsSection } from './overview/requestsSection';
import { switchesSection } from './overview/switchesSection';
import { totalsSection } from './overview/totalsSection';
import { page, type Page } from './page';

const REFRESH_SECONDS = 3;
/** `?refresh=off` stops the refresh that a browser without scripts gets. */
const REFRESH = 'refresh';

/** @param query of the page's address: `customer` is what to search for */
export function overviewPage(context: EmulatorContext, query: URLSearchParams): Page {
	const search = query.get('customer')?.trim() ?? '';
	const refreshes = query.get(REFRESH) !== 'off';
	return page({
		title: 'Partner Center emulator',
		live: true,
		head: refreshes
			? html`<noscript><meta http-equiv="refresh" content="${REFRESH_SECONDS}" /></noscript>`
			: html``,
		body: html`<div class="wide">
			${heading(refreshes)}
			<main>
				${totalsSection(context)} ${connectSection(context)}
				<div class="columns">${customersSection(context, search)} ${requestsSection(context)}</div>
				${attestationSection(context)} ${faultsSection(context)} ${switchesSection(context)}
			</main>
		</div>`,
	});
}

function heading(refreshes: boolean): Html {
	return html`<header class="top">
		<div>
			<h1>Partner Center emulator</h1>
			<p class="quiet">
				A local Microsoft Partner Center, in memory. Nothing here reaches Microsoft.
			</p>
		</div>
		<div class="live">
			<p id="live-status" class="quiet small" role="status"></p>
			<button id="live-pause" type="button" hidden>Pause updates</button>
			<noscript>
				${
					refreshes
						? html`<a class="small" href="/?refresh=off">Stop refreshing</a>`
						: html`<a class="small" href="/">Refresh every ${REFRESH_SECONDS} seconds</a>`
				}
			</noscript>
		</div>
	</header>`;
}
