/** What the page at `/` says of the provisional attestation: what there is, and what is made up. */
import type { Attestation } from '../attestation/AttestationRegister';
import { DOCUMENTED, INVENTED } from '../attestation/inventions';
import type { World } from '../World';
import { html, type Html } from './html';

/** Empty where the module is off. */
export function attestationSection(world: World): Html {
	if (world.switches.attestation === 'off') return html``;
	const { all } = world.attestations;
	return html`<h2>Enhanced attestation (provisional)</h2>
		<p>
			<strong>Most of this is invented.</strong> Documented by Microsoft, as far as could be read:
		</p>
		<ul>
			${DOCUMENTED.map((one) => html`<li>${one}</li>`)}
		</ul>
		<p>Invented by this emulator, and other at Microsoft:</p>
		<ul>
			${INVENTED.map((one) => html`<li>${one}</li>`)}
		</ul>
		<table>
			<tr>
				<th>Company</th>
				<th>Signatory</th>
				<th>Accepted</th>
			</tr>
			${
				all.length === 0
					? html`<tr>
							<td colspan="3" class="quiet">None yet</td>
						</tr>`
					: all.map(attestationRow)
			}
		</table>`;
}

function attestationRow({ id, request, acceptedAt }: Attestation): Html {
	const { companyName, signatoryFirstName, signatoryLastName } = request;
	return html`<tr>
		<td><a href="/attestation-preview/${id}">${companyName}</a></td>
		<td>${signatoryFirstName} ${signatoryLastName}</td>
		<td>${acceptedAt ?? 'not yet'}</td>
	</tr>`;
}
