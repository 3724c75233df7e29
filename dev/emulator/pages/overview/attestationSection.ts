/** What the page at `/` says of the provisional attestation: what there is, and what is made up. */
import type { Attestation } from '../../attestation/AttestationRegister';
import { DOCUMENTED, INVENTED } from '../../attestation/inventions';
import type { EmulatorContext } from '../../EmulatorContext';
import { html, type Html } from '../html';
import { counted, figure } from './figures';

const ATTESTATIONS_SHOWN = 20;

/** Empty where the module is off. */
export function attestationSection(
	context: Pick<EmulatorContext, 'switches' | 'attestations'>,
): Html {
	if (context.switches.attestation === 'off') return html``;
	const { all } = context.attestations;
	const rows = all.slice(-ATTESTATIONS_SHOWN).reverse().map(attestationRow);
	const hidden = all.length - rows.length;
	return html`<section class="panel" aria-labelledby="attestation">
		<div class="panel-head">
			<h2 id="attestation">Enhanced attestation (provisional)</h2>
			<p class="quiet small"><strong>Most of this is invented</strong></p>
		</div>
		<details data-key="attestation-inventions">
			<summary>What Microsoft documents, and what this emulator made up</summary>
			<p>Documented by Microsoft, as far as could be read:</p>
			<ul>
				${DOCUMENTED.map((one) => html`<li>${one}</li>`)}
			</ul>
			<p>Invented by this emulator, and other at Microsoft:</p>
			<ul>
				${INVENTED.map((one) => html`<li>${one}</li>`)}
			</ul>
		</details>
		${rows.length === 0 ? html`<p class="quiet">No attestation yet.</p>` : table(rows)}
		${hidden === 0 ? html`` : html`<p class="quiet small note">and ${figure(hidden)} more</p>`}
	</section>`;
}

function table(rows: readonly Html[]): Html {
	return html`<table>
		<caption class="unseen">
			${counted(rows.length, 'attestation')}, newest first
		</caption>
		<thead>
			<tr>
				<th scope="col">Company</th>
				<th scope="col">Signatory</th>
				<th scope="col">Accepted</th>
			</tr>
		</thead>
		<tbody>
			${rows}
		</tbody>
	</table>`;
}

function attestationRow({ id, request, acceptedAt }: Attestation): Html {
	const { companyName, signatoryFirstName, signatoryLastName } = request;
	return html`<tr data-key="attestation-${id}">
		<th scope="row">
			<a href="/mca/?attestationid=${id}"><bdi>${companyName}</bdi></a>
		</th>
		<td><bdi>${signatoryFirstName} ${signatoryLastName}</bdi></td>
		<td>${acceptedAt ?? 'not yet'}</td>
	</tr>`;
}
