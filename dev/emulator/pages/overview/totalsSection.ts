/** The state of things in numbers, and what is in force while requests are answered. */
import type { LoggedRequest } from '../../control/RequestLog';
import type { Customer } from '../../state';
import type { EmulatorContext } from '../../EmulatorContext';
import { html, type Html } from '../html';
import { acceptanceNames, acceptanceOf, acceptances, type Acceptance } from './acceptance';
import { conditions } from './conditions';
import { figure } from './figures';

export function totalsSection(context: EmulatorContext): Html {
	const { customers } = context.store.state;
	const counts = countAcceptances(customers);
	return html`<section class="panel" aria-labelledby="totals">
		<h2 id="totals" class="unseen">At a glance</h2>
		<dl class="numbers">
			${tile({ label: 'Customers', count: customers.length })}
			${acceptanceNames.map((name) => tile({ ...acceptances[name], count: counts[name] }))}
			${tile({ label: 'Requests', count: context.log.entries.length, more: outcomes(context.log.entries) })}
		</dl>
		${shareBar(counts, customers.length)} ${conditions(context)}
	</section>`;
}

function countAcceptances(customers: readonly Customer[]): Record<Acceptance, number> {
	const counts = { confirmed: 0, direct: 0, older: 0, none: 0 };
	for (const customer of customers) counts[acceptanceOf(customer)] += 1;
	return counts;
}

function tile(shown: { label: string; count: number; tone?: string; more?: string }): Html {
	const more = shown.more === undefined ? html`` : html`<dd class="more">${shown.more}</dd>`;
	return html`<div class="${shown.tone ?? 'plain'}">
		<dt>${shown.label}</dt>
		<dd class="count">${figure(shown.count)}</dd>
		${more}
	</div>`;
}

function outcomes(entries: readonly LoggedRequest[]): string {
	const refused = entries.filter(({ status }) => status !== null && status >= 400).length;
	const unanswered = entries.filter(({ status }) => status === null).length;
	return `${figure(refused)} with 4xx or 5xx, ${figure(unanswered)} unanswered`;
}

/** A picture of the numbers above it, for the eye only. */
function shareBar(counts: Record<Acceptance, number>, total: number): Html {
	let start = 0;
	const parts = acceptanceNames.map((name) => {
		const width = total === 0 ? 0 : (counts[name] / total) * 100;
		const part = html`<rect
			class="${acceptances[name].tone}"
			x="${start.toFixed(2)}"
			width="${width.toFixed(2)}"
			height="1"
		/>`;
		start += width;
		return part;
	});
	return html`<svg class="share" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
		${parts}
	</svg>`;
}
