/** The switches: what each does, how it stands, and which are not as they come. */
import { defaultSwitches, switchesSchema, type Switches } from '../../switches';
import type { EmulatorContext } from '../../EmulatorContext';
import { html, type Html } from '../html';
import { switchSentences } from './switchSentences';

type SwitchName = keyof Switches;

export function switchesSection({ switches }: Pick<EmulatorContext, 'switches'>): Html {
	const changed = changedSwitches(switches, defaultSwitches);
	return html`<section class="panel" aria-labelledby="switches">
		<div class="panel-head">
			<h2 id="switches">Switches</h2>
			<p class="quiet small">
				What Microsoft leaves undocumented. Turn them with <code>PUT /_emulator/switches</code>
			</p>
		</div>
		<table>
			<caption class="unseen">
				Switches and how they stand
			</caption>
			<thead>
				<tr>
					<th scope="col">Switch</th>
					<th scope="col">Value</th>
					<th scope="col">What it does</th>
				</tr>
			</thead>
			<tbody>
				${switchNames().map((name) => row(name, switches, changed.includes(name)))}
			</tbody>
		</table>
	</section>`;
}

/** The names of the switches that differ. */
export function changedSwitches(switches: Switches, defaults: Switches): SwitchName[] {
	return switchNames().filter((name) => switches[name] !== defaults[name]);
}

function switchNames(): SwitchName[] {
	return switchesSchema.keyof().options;
}

function row(name: SwitchName, switches: Switches, isChanged: boolean): Html {
	const standsOtherwise = html`<span class="badge info">Changed</span>
		<span class="under">default <code>${String(defaultSwitches[name])}</code></span>`;
	return html`<tr>
		<th scope="row"><code class="name">${name}</code></th>
		<td><code>${String(switches[name])}</code> ${isChanged ? standsOtherwise : html``}</td>
		<td class="quiet">${switchSentences[name]}</td>
	</tr>`;
}
