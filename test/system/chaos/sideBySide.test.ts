/**
 * Confirmations as executions of one to three items, 50 at a time, on two credentials, with cancels
 * at random: what happens to one execution happens to no other. Short form, long form and seed as in
 * chaos.test.ts.
 */
import Table from 'cli-table3';

import { engine } from '../../engine/workplace';
import {
	copyPackage,
	SIDE_BY_SIDE_MUTATIONS,
	SPEED_SIDE_BY_SIDE,
	type SideBySideMutation,
} from './packageCopy';
import { runSideBySide, type SideBySidePlan, type SideBySideRun } from './sideBySide';
import {
	findSideBySideViolations,
	type SideBySideGuarantee,
	type SideBySideViolation,
} from './sideBySideInvariants';

const form = process.env.CHAOS_FORM === 'long' ? 'long' : 'short';
const seed = Number(process.env.CHAOS_SEED ?? 20_250_105);

const MINUTES = 60_000;
/** On both majors together, 1,000 in the short form and 10,000 in the long. */
const plan: SideBySidePlan = {
	seed,
	confirmations: form === 'long' ? 5_000 : 500,
	atATime: 50,
	cancelRate: 0.1,
	repeats: 0.1,
	faultRate: 0.1,
	expiries: form === 'long' ? 4 : 1,
	latency: [2, 20],
};

function tableOf(
	{ executions, emulator, records }: SideBySideRun,
	violations: SideBySideViolation[],
) {
	const table = new Table({
		head: [`Side by side, ${form} form, ${engine}, seed ${seed}`, ''],
		style: { head: [], border: [] },
	});
	const on = (output: number) =>
		executions.reduce((sum, { outputs }) => sum + (outputs[output]?.length ?? 0), 0);
	const of = (guarantee: SideBySideGuarantee) =>
		violations.filter((one) => one.guarantee === guarantee).length;
	table.push(
		['executions', executions.length],
		['of these cancelled', executions.filter(({ status }) => status === 'canceled').length],
		['items', records.length],
		['API calls', emulator.requests.filter(({ path }) => path.startsWith('/v1/')).length],
		['Confirmed', on(0)],
		['Already Exists', on(1)],
		['error output', on(2)],
		['token requests', emulator.tokenRequests.length],
		['faults', emulator.faults.applied.length],
		['lost', of('lost')],
		['twice', of('twice')],
		['misrouted', of('misrouted')],
		['failed by a neighbour', of('failed by a neighbour')],
	);
	return table.toString();
}

describe('executions side by side', () => {
	it(
		'nothing lost, nothing twice, nothing misrouted, nothing failed by a neighbour',
		async () => {
			const copy = copyPackage(undefined, SPEED_SIDE_BY_SIDE);
			try {
				const run = await runSideBySide(plan, copy);
				const violations = findSideBySideViolations(run);
				process.stdout.write(`${tableOf(run, violations)}\n`);
				// What could not go wrong would show nothing.
				expect(run.executions.some(({ status }) => status === 'canceled')).toBe(true);
				expect(run.expiries).toBe(plan.expiries);
				expect(violations.slice(0, 5)).toEqual([]);
			} finally {
				copy.remove();
			}
		},
		30 * MINUTES,
	);
});

describe('side by side, this suite would notice the loss of', () => {
	const expected: Record<SideBySideMutation, SideBySideGuarantee> = {
		'the shared gate': 'one gate',
		'the renewal that no cancel ends': 'failed by a neighbour',
		'the resolved lane': 'twice',
	};
	/** What each shows itself by: more of it than in a usual run. */
	const harder: Record<SideBySideMutation, Partial<SideBySidePlan>> = {
		'the shared gate': { confirmations: 150, cancelRate: 0, faultRate: 0, latency: [300, 400] },
		'the renewal that no cancel ends': { confirmations: 400, cancelRate: 0.5 },
		'the resolved lane': { repeats: 0.3 },
	};

	it.each(Object.keys(SIDE_BY_SIDE_MUTATIONS) as SideBySideMutation[])(
		'%s',
		async (mutation) => {
			const copy = copyPackage(mutation, SPEED_SIDE_BY_SIDE);
			const found = new Set<SideBySideGuarantee>();
			try {
				for (let attempt = 0; attempt < 6 && !found.has(expected[mutation]); attempt += 1) {
					const run = await runSideBySide(
						{ ...plan, expiries: 2, ...harder[mutation], seed: seed + attempt },
						copy,
					);
					for (const { guarantee } of findSideBySideViolations(run)) found.add(guarantee);
				}
			} finally {
				copy.remove();
			}
			expect([...found]).toContain(expected[mutation]);
		},
		5 * MINUTES,
	);
});
