/** The page at `/`: what a person watching a demonstration wants to see at a glance. */
import type { LoggedRequest } from '../control/RequestLog';
import type { Customer } from '../state';
import type { World } from '../World';
import { attestationSection } from './attestationSection';
import { html, page, type Html } from './html';

const REFRESH_SECONDS = 3;
const REQUESTS_SHOWN = 25;
/** Acceptances before this day count as expired; source: CloudBlue's Office 365 FAQ, not Microsoft. */
const NEW_TERMS = '2023-04-01';

export function overviewPage(world: World): string {
	const { customers } = world.store.state;
	const confirmed = customers.filter(({ agreements }) => agreements.length > 0).length;
	const signed = customers.filter(({ directSigned }) => directSigned).length;
	const summary = `${customers.length} customers, ${confirmed} with a confirmed agreement, ${signed} that accepted directly`;
	const latest = world.log.entries.slice(-REQUESTS_SHOWN).reverse();
	const body = html`<h1>Microsoft Partner Center, emulated</h1>
		<p class="quiet">${summary}</p>
		<table>
			<tr>
				<th>Customer</th>
				<th>Customer ID</th>
				<th>Agreements</th>
			</tr>
			${customers.map(customerRow)}
		</table>
		${attestationSection(world)}
		<h2>Last requests</h2>
		<table>
			<tr>
				<th>Time</th>
				<th>Request</th>
				<th>Status</th>
				<th>ms</th>
				<th>Fault</th>
			</tr>
			${
				latest.length === 0
					? html`<tr>
							<td colspan="5" class="quiet">None yet</td>
						</tr>`
					: latest.map(requestRow)
			}
		</table>
		<h2>Switches</h2>
		<table>
			${Object.entries(world.switches).map(
				([name, value]) =>
					html`<tr>
						<td>${name}</td>
						<td><code>${String(value)}</code></td>
					</tr>`,
			)}
		</table>`;
	return page('Partner Center emulator', body, REFRESH_SECONDS);
}

function customerRow(customer: Customer): Html {
	return html`<tr>
		<td>${customer.companyName}<br /><span class="quiet">${customer.domain}</span></td>
		<td><code>${customer.id}</code></td>
		<td>${agreementsCell(customer)}</td>
	</tr>`;
}

function agreementsCell(customer: Customer): readonly Html[] {
	const { directSigned, relationshipToPartner } = customer;
	const notes = [
		...(relationshipToPartner === 'none' ? ['no reseller relationship'] : []),
		...(customer.agreements.length === 0 && !directSigned ? ['not confirmed'] : []),
	].map((note) => html`<div class="quiet">${note}</div>`);
	const itself = directSigned
		? [html`<div><span class="good">✓</span> accepted by the customer itself</div>`]
		: [];
	const agreements = customer.agreements.map(({ primaryContact, dateAgreed, type }) => {
		const { firstName, lastName, email, phoneNumber } = primaryContact;
		return html`<div>
			<span class="good">✓</span> ${firstName} ${lastName},
			${email}${phoneNumber ? `, ${phoneNumber}` : ''}
			<span class="quiet"
				>${dateAgreed.slice(0, 10)}
				${type}${dateAgreed < NEW_TERMS ? ', before the terms of April 2023' : ''}</span
			>
		</div>`;
	});
	return [...agreements, ...itself, ...notes];
}

function requestRow({ time, method, path, status, duration, fault }: LoggedRequest): Html {
	const tone = status !== null && status < 400 ? 'good' : 'bad';
	return html`<tr>
		<td>${time.slice(11, 23)}</td>
		<td><code>${method} ${path}</code></td>
		<td class="${tone}">${status ?? '–'}</td>
		<td>${duration ?? ''}</td>
		<td>${fault ?? ''}</td>
	</tr>`;
}
