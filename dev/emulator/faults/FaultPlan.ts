/** Decides which call meets which fault: by script, or at random from a seed. */
import { LatestList, type Kept } from '../keepLatest';
import {
	faultRuleSchema,
	randomFaultsSchema,
	type Fault,
	type FaultMatch,
	type FaultRule,
	type FaultRuleInput,
	type Faults,
	type RandomFaults,
	type RandomFaultsInput,
} from './faultSchema';
import { randomNumbers } from './randomNumbers';

export interface AppliedFault {
	time: string;
	method: string;
	path: string;
	kind: Fault['kind'];
}

const KEPT_FAULTS = 50_000;

export class FaultPlan {
	private readonly latest = new LatestList<AppliedFault>(KEPT_FAULTS);
	private rules: FaultRule[] = [];
	private random: { settings: RandomFaults; draw: () => number } | undefined;

	/** The faults that were applied, oldest first. */
	get applied(): readonly AppliedFault[] {
		return this.latest.entries;
	}

	get counts(): Kept {
		return this.latest.counts;
	}

	/** Replaces the script. The first rule that matches a call and has times left is applied. */
	script(rules: readonly FaultRuleInput[]): void {
		this.rules = rules.map((rule) => faultRuleSchema.parse(rule));
	}

	/** Faults at a rate, on top of the script. */
	atRandom(settings: RandomFaultsInput): void {
		const parsed = randomFaultsSchema.parse(settings);
		this.random = { settings: parsed, draw: randomNumbers(parsed.seed) };
	}

	/** These faults and no others; `applied` is emptied too. */
	replace({ script, random }: Faults): void {
		this.clear();
		this.script(script);
		if (random) this.atRandom(random);
	}

	/** No more faults; `applied` is emptied too. */
	clear(): void {
		this.rules = [];
		this.random = undefined;
		this.latest.clear();
	}

	/** What is still to come. */
	get pending(): { script: readonly FaultRule[]; random: RandomFaults | null } {
		return {
			script: this.rules.filter(({ times }) => times > 0),
			random: this.random?.settings ?? null,
		};
	}

	/** The fault for this call, which counts as applied. */
	next(method: string, path: string): Fault | undefined {
		const fault = this.nextScripted(method, path) ?? this.nextRandom(method, path);
		if (fault !== undefined) {
			this.latest.push({ time: new Date().toISOString(), method, path, kind: fault.kind });
		}
		return fault;
	}

	private nextScripted(method: string, path: string): Fault | undefined {
		const rule = this.rules.find(({ match, times }) => times > 0 && matches(match, method, path));
		if (rule === undefined) return undefined;
		rule.times -= 1;
		return rule.what;
	}

	private nextRandom(method: string, path: string): Fault | undefined {
		if (this.random === undefined) return undefined;
		const { settings, draw } = this.random;
		if (!matches(settings.match, method, path)) return undefined;
		const [luck, choice] = [draw(), draw()];
		return luck < settings.rate
			? settings.kinds[Math.floor(choice * settings.kinds.length)]
			: undefined;
	}
}

function matches(match: FaultMatch, method: string, path: string): boolean {
	if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
	return match.path === undefined || new RegExp(match.path, 'i').test(path);
}
