/** Which calls will be disturbed, and how. */
import type { FaultMatch, FaultRule, RandomFaults } from '../../faults/faultSchema';
import type { EmulatorContext } from '../../EmulatorContext';
import { html, type Html } from '../html';
import { counted, figure } from './figures';

const RULES_SHOWN = 20;

export function faultsSection({ faults }: Pick<EmulatorContext, 'faults'>): Html {
	const { script, random } = faults.pending;
	const rows = script.slice(0, RULES_SHOWN).map(ruleRow);
	const hidden = script.length - rows.length;
	return html`<section class="panel" aria-labelledby="faults">
		<div class="panel-head">
			<h2 id="faults">Faults</h2>
			<p class="quiet small">
				${counted(faults.applied.length, 'fault')} applied so far. Set them with
				<code>PUT /_emulator/faults</code>
			</p>
		</div>
		${script.length === 0 && random === null ? html`<p class="quiet">None pending.</p>` : html``}
		${random === null ? html`` : randomSentence(random)} ${rows.length === 0 ? html`` : table(rows)}
		${hidden === 0 ? html`` : html`<p class="quiet small note">and ${figure(hidden)} more</p>`}
	</section>`;
}

function table(rows: readonly Html[]): Html {
	return html`<table>
		<caption class="unseen">
			Faults that are pending
		</caption>
		<thead>
			<tr>
				<th scope="col">Fault</th>
				<th scope="col">Calls</th>
				<th scope="col" class="narrow figure">Times left</th>
			</tr>
		</thead>
		<tbody>
			${rows}
		</tbody>
	</table>`;
}

function ruleRow({ match, times, what }: FaultRule): Html {
	const settings = Object.entries(what)
		.filter(([name, value]) => name !== 'kind' && value !== false)
		.map(([name, value]) => `${name} ${value === null ? 'none' : String(value)}`);
	return html`<tr>
		<th scope="row">
			<code>${what.kind}</code>
			${settings.length === 0 ? html`` : html`<span class="under">${settings.join(', ')}</span>`}
		</th>
		<td>${callsOf(match)}</td>
		<td class="narrow figure">${figure(times)}</td>
	</tr>`;
}

function randomSentence({ rate, seed, kinds, match }: RandomFaults): Html {
	const names = kinds.map(({ kind }) => kind).join(', ');
	return html`<p class="note">
		At random, ${figure(Math.round(rate * 100))}% of the calls (${callsOf(match)}), seed
		<code>${String(seed)}</code>: <code>${names}</code>
	</p>`;
}

function callsOf({ method, path }: FaultMatch): Html {
	if (method === undefined && path === undefined) return html`any`;
	return html`<code
		>${[method?.toUpperCase(), path].filter((part) => part !== undefined).join(' ')}</code
	>`;
}
