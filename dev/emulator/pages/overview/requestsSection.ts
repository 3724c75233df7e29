/** What came in last and how it was answered, newest first. */
import { STATUS_CODES } from 'node:http';
import type { LoggedRequest } from '../../control/RequestLog';
import type { EmulatorContext } from '../../EmulatorContext';
import { html, type Html } from '../html';
import { figure } from './figures';

const REQUESTS_SHOWN = 25;
/** Sign-in addresses are long; the JSON has the whole of each. */
const PATH_SHOWN = 110;

export function requestsSection(context: Pick<EmulatorContext, 'store' | 'log'>): Html {
	const { entries } = context.log;
	const first = Math.max(0, entries.length - REQUESTS_SHOWN);
	const names = customerNames(context, entries.slice(first));
	const rows = entries.slice(first).map((entry, index) => row(entry, first + index, names));
	return html`<section class="panel" aria-labelledby="requests">
		<div class="panel-head">
			<h2 id="requests">Last requests</h2>
			<p class="quiet small">Newest first, times in UTC</p>
		</div>
		${
			rows.length === 0
				? html`<p class="quiet">None yet. Run a workflow, and they show up here.</p>`
				: table(rows.reverse())
		}
		${
			first === 0
				? html``
				: html`<p class="quiet small note">
						and ${figure(first)} more: <a href="/_emulator/requests">all requests as JSON</a>
					</p>`
		}
	</section>`;
}

function table(rows: readonly Html[]): Html {
	return html`<table>
		<caption class="unseen">
			The last requests, newest first
		</caption>
		<thead>
			<tr>
				<th scope="col" class="narrow">Time</th>
				<th scope="col">Request</th>
				<th scope="col">Status</th>
				<th scope="col" class="narrow figure">ms</th>
			</tr>
		</thead>
		<tbody>
			${rows}
		</tbody>
	</table>`;
}

function row(entry: LoggedRequest, number: number, names: ReadonlyMap<string, string>): Html {
	const { time, method, path, status, duration, fault } = entry;
	const name = names.get(customerIdIn(path));
	return html`<tr data-key="${number}">
		<td class="narrow figure"><time datetime="${time}">${time.slice(11, 19)}</time></td>
		<td>
			<code>${method} ${shortened(path)}</code>
			${name === undefined ? html`` : html`<span class="under"><bdi>${name}</bdi></span>`}
		</td>
		<td>
			<span class="badge ${toneOf(status)}">${statusWords(status)}</span>
			${fault === null ? html`` : html`<span class="under">fault: ${fault}</span>`}
		</td>
		<td class="narrow figure">${duration ?? '–'}</td>
	</tr>`;
}

function shortened(path: string): string {
	return path.length > PATH_SHOWN ? `${path.slice(0, PATH_SHOWN)}…` : path;
}

function statusWords(status: number | null): string {
	return status === null ? 'No answer' : `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}

function toneOf(status: number | null): string {
	if (status === null || status >= 500) return 'bad';
	if (status >= 400) return 'warn';
	return status >= 300 ? 'info' : 'good';
}

/** One pass over the customers, however many requests are shown. */
function customerNames(
	context: Pick<EmulatorContext, 'store'>,
	entries: readonly LoggedRequest[],
): Map<string, string> {
	const wanted = new Set(entries.map(({ path }) => customerIdIn(path)));
	return new Map(
		context.store.state.customers
			.filter(({ id }) => wanted.has(id.toLowerCase()))
			.map(({ id, companyName }) => [id.toLowerCase(), companyName]),
	);
}

/** Empty where the path is about no customer. */
function customerIdIn(path: string): string {
	return /^\/v1\/customers\/([0-9a-f-]{36})/i.exec(path)?.[1]?.toLowerCase() ?? '';
}
