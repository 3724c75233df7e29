/**
 * Confirmations under faults of every kind, drawn from a seed. The short form is part of `npm test`;
 * `npm run test:chaos` runs the long one, and knows how to run one of them again: see `command.ts`.
 */
import { engine } from '../../engine/workplace';
import { findViolations } from './invariants';
import { copyPackage, MUTATIONS, type Mutation, type PackageCopy } from './packageCopy';
import { drawPlans, type Plan } from './plan';
import { runChaos } from './run';
import { Tally } from './tally';

const form = process.env.CHAOS_FORM === 'long' ? 'long' : 'short';
const seed = Number(process.env.CHAOS_SEED ?? 20_250_105);
const only = process.env.CHAOS_RUN;

const MINUTES = 60_000;
const plans = drawPlans(seed, form)
	.map((plan, index): [number, string, Plan] => [index, describePlan(plan), plan])
	.filter(([index]) => only === undefined || String(index) === only);

function describePlan(plan: Plan): string {
	const { items, maxConcurrency, onError, retryOnFail, replay } = plan;
	return `${items} items, concurrency ${maxConcurrency}, ${onError}${retryOnFail ? ', Retry On Fail' : ''}${replay ? ', replaying' : ''}`;
}

const replayCommand = (index: number) =>
	`npm run test:chaos -- ${form === 'short' ? '--short ' : ''}--seed ${seed} --run ${index}`;

describe('under faults', () => {
	const tally = new Tally();
	let copy: PackageCopy;
	beforeAll(() => {
		copy = copyPackage();
	});
	afterAll(() => {
		copy.remove();
		process.stdout.write(`${tally.table(`Chaos, ${form} form, ${engine}, seed ${seed}`)}\n`);
	});

	it.each(plans)(
		'run %i: %s: nothing lost, nothing twice, nothing misrouted',
		async (index, _text, plan) => {
			const run = await runChaos(plan, copy);
			const violations = findViolations(run);
			tally.add(run, violations);
			// Otherwise a secret among the logs would go unseen.
			expect(run.logs.length).toBeGreaterThan(0);
			expect(run.calls.starts.length).toBeGreaterThan(0);
			const shown = violations.slice(0, 5).map(({ guarantee, what }) => `${guarantee}: ${what}`);
			expect({ broken: shown, replay: shown.length > 0 ? replayCommand(index) : '' }).toEqual({
				broken: [],
				replay: '',
			});
		},
		5 * MINUTES,
	);
});

describe('this suite would notice the loss of', () => {
	const expected: Record<Mutation, string[]> = {
		'retry identity': ['one request id for each write'],
		reconciliation: ['misrouted items'],
		'the 429 pause': ['nobody sends before Retry-After'],
		'single-flight refresh': ['one token request for each expiry'],
		// Of two equal items at the same time, the later one wins, or both claim the agreement.
		'same-customer order': ['order within a customer', 'misrouted items'],
	};
	// n8n 2.30 and later have a single flight of their own, which hides the loss of ours.
	const mutations = (Object.keys(MUTATIONS) as Mutation[]).filter(
		(mutation) => mutation !== 'single-flight refresh' || engine === 'n8n-1',
	);

	it.each(mutations)(
		'%s',
		async (mutation) => {
			const copy = copyPackage(mutation);
			const found = new Set<string>();
			try {
				const isNoticed = () => expected[mutation].some((one) => found.has(one));
				for (let attempt = 0; attempt < 6 && !isNoticed(); attempt += 1) {
					const plan: Plan = {
						seed: seed + attempt,
						items: 80,
						maxConcurrency: 25,
						onError: 'errorOutput',
						retryOnFail: false,
						replay: false,
					};
					for (const { guarantee } of findViolations(await runChaos(plan, copy))) {
						found.add(guarantee);
					}
				}
			} finally {
				copy.remove();
			}
			expect(expected[mutation].filter((one) => found.has(one))).not.toEqual([]);
		},
		3 * MINUTES,
	);
});
