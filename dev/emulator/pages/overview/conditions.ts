/** How the emulator answers just now, in a line: latency, rate limit, faults and switches. */
import type { Latency } from '../../latency';
import { defaultSwitches } from '../../switches';
import type { EmulatorContext } from '../../EmulatorContext';
import { html, type Html } from '../html';
import { counted, figure } from './figures';
import { changedSwitches } from './switchesSection';

export function conditions(
	context: Pick<EmulatorContext, 'switches' | 'faults' | 'rateLimit' | 'latency'>,
): Html {
	const { script, random } = context.faults.pending;
	const scripted = script.reduce((sum, { times }) => sum + times, 0);
	const faults = [
		...(scripted > 0 ? [`${figure(scripted)} pending`] : []),
		...(random === null ? [] : ['at random']),
	];
	const changed = changedSwitches(context.switches, defaultSwitches).length;
	return html`<ul class="conditions small">
		<li>Latency: ${latencyWords(context.latency)}</li>
		<li>Rate limit: ${rateLimitWords(context)}</li>
		<li>
			<a href="#faults">Faults: ${faults.length === 0 ? 'none pending' : faults.join(', ')}</a>
		</li>
		<li>
			<a href="#switches"
				>Switches: ${changed === 0 ? 'all at their defaults' : `${figure(changed)} changed`}</a
			>
		</li>
	</ul>`;
}

function latencyWords(latency: Latency): string {
	const [min, max] = typeof latency === 'number' ? [latency, latency] : latency;
	if (max <= 0) return 'none';
	return min === max ? `${figure(min)} ms a call` : `${figure(min)} to ${figure(max)} ms a call`;
}

function rateLimitWords({
	rateLimit: { perMinute, burst },
}: Pick<EmulatorContext, 'rateLimit'>): string {
	if (perMinute === undefined) return 'none';
	return `${counted(perMinute, 'call')} a minute, ${figure(burst)} at once`;
}
