/** Who the customers are, and what has been accepted for each. */
import type { Customer, StoredAgreement } from '../../state';
import type { EmulatorContext } from '../../EmulatorContext';
import { html, type Html } from '../html';
import { isBeforeNewTerms } from '../../currentAgreement';
import { acceptanceOf, acceptances } from './acceptance';
import { counted, figure } from './figures';

const CUSTOMERS_SHOWN = 100;
const AGREEMENTS_SHOWN = 5;

/** @param search part of a name, a domain or an id; empty shows the first customers */
export function customersSection(context: Pick<EmulatorContext, 'store'>, search: string): Html {
	const { customers } = context.store.state;
	const found = search === '' ? customers : customers.filter((one) => isAbout(one, search));
	const shown = found.slice(0, CUSTOMERS_SHOWN);
	return html`<section class="panel" aria-labelledby="customers">
		<div class="panel-head">
			<h2 id="customers">Customers</h2>
			${customers.length === 0 ? html`` : searchForm(search)}
		</div>
		${search === '' ? html`` : searchNote(found.length, search)}
		${found.length === 0 ? nobody(customers.length) : table(shown)}
		${rest(found.length - shown.length)}
	</section>`;
}

function searchForm(search: string): Html {
	return html`<form class="search" role="search">
		<label class="unseen" for="search">Find a customer by name, domain or ID</label>
		<input
			id="search"
			type="search"
			name="customer"
			value="${search}"
			dir="auto"
			placeholder="Name, domain or ID"
			autocomplete="off"
		/>
		<button>Find</button>
	</form>`;
}

function searchNote(count: number, search: string): Html {
	return html`<p class="small note">
		${counted(count, 'customer')} with “<bdi>${search}</bdi>”. <a href="/">Show all</a>
	</p>`;
}

function nobody(customers: number): Html {
	return customers > 0
		? html``
		: html`<p class="quiet">
				None yet. <code>POST /_emulator/customers</code> adds one, <code>PUT /_emulator/state</code>
				replaces them all.
			</p>`;
}

function rest(hidden: number): Html {
	return hidden === 0
		? html``
		: html`<p class="quiet small note">
				and ${figure(hidden)} more: find them by name, domain or ID
			</p>`;
}

function table(customers: readonly Customer[]): Html {
	return html`<table class="halves">
		<caption class="unseen">
			Customers and their agreements
		</caption>
		<thead>
			<tr>
				<th scope="col">Customer</th>
				<th scope="col">Microsoft Customer Agreement</th>
			</tr>
		</thead>
		<tbody>
			${customers.map(row)}
		</tbody>
	</table>`;
}

function row(customer: Customer): Html {
	const { label, tone } = acceptances[acceptanceOf(customer)];
	const { agreements } = customer;
	const items = agreements.slice(0, AGREEMENTS_SHOWN).map(agreementItem);
	const more = agreements.length - items.length;
	return html`<tr data-key="${customer.id}">
		<th scope="row">
			<bdi class="name">${customer.companyName}</bdi>
			<span class="under"><bdi>${customer.domain}</bdi></span>
			<code class="under id">${customer.id}</code>
		</th>
		<td>
			<span class="badge ${tone}">${label}</span>
			${
				customer.relationshipToPartner === 'none'
					? html`<span class="badge warn">No reseller relationship</span>`
					: html``
			}
			${
				items.length === 0
					? html``
					: html`<ul>
							${items}
							${more === 0 ? html`` : html`<li class="quiet">and ${figure(more)} more</li>`}
						</ul>`
			}
		</td>
	</tr>`;
}

function agreementItem(agreement: StoredAgreement, index: number): Html {
	const { firstName, lastName, email, phoneNumber } = agreement.primaryContact;
	const day = agreement.dateAgreed.slice(0, 10);
	const notes = [
		...(agreement.type === 'MicrosoftCloudAgreement' ? ['Microsoft Cloud Agreement'] : []),
		...(isBeforeNewTerms(agreement) ? ['before the terms of April 2023'] : []),
	];
	return html`<li data-key="${index}">
		<bdi>${firstName} ${lastName}</bdi>, <time>${day}</time>
		<span class="under"
			><bdi>${email}</bdi
			>${phoneNumber ? html`, <bdi class="whole">${phoneNumber}</bdi>` : html``}</span
		>
		${notes.length === 0 ? html`` : html`<span class="under">${notes.join(', ')}</span>`}
	</li>`;
}

function isAbout({ companyName, domain, id }: Customer, search: string): boolean {
	const wanted = comparable(search);
	return [companyName, domain, id].some((text) => comparable(text).includes(wanted));
}

/** Letters written in several ways count as the same. */
function comparable(text: string): string {
	return text.normalize('NFKC').toLowerCase();
}
