import { terminalTable } from '../../../../dev/bench/report';
import { figureOf, ratioOf, widest } from '../../../../dev/bench/statistics';
import { verdictOf } from '../../../../dev/bench/verdict';

const steady = figureOf([0.96, 1, 1, 1, 1.1]);
const apart = figureOf([0.9, 1, 1, 1, 1.1]);

describe('what the table of the benchmark says about a goal', () => {
	it('says yes or no where five rounds lie within 15 % of their median', () => {
		expect(verdictOf({ isReached: true, judged: steady })).toBe('yes');
		expect(verdictOf({ isReached: false, judged: steady })).toBe('no');
	});

	it('never says yes where they lie further apart', () => {
		expect(verdictOf({ isReached: true, judged: apart })).toBe('not stable: 20.0 % apart');
		expect(verdictOf({ isReached: false, judged: apart })).toBe('no; not stable: 20.0 % apart');
	});

	it('never says a bare yes where fewer than five rounds were measured', () => {
		expect(verdictOf({ isReached: true })).toBe('yes, once');
		expect(verdictOf({ isReached: false })).toBe('no, once');
		expect(verdictOf({ isReached: true, judged: figureOf([1]) })).toBe('yes, once');
		expect(verdictOf({ isReached: true, judged: figureOf([1, 1.1, 1]) })).toBe('yes, 3 rounds');
		const both = { isReached: true, judged: figureOf([1, 1.3, 1]) };
		expect(verdictOf(both)).toBe('not stable: 30.0 % apart, 3 rounds');
	});

	it('takes a count that is always 0 for stable, and one that mostly is for not stable', () => {
		expect(verdictOf({ isReached: true, judged: figureOf([0, 0, 0, 0, 0]) })).toBe('yes');
		expect(verdictOf({ isReached: true, judged: figureOf([0, 0, 0, 0, 2]) })).toBe('not stable');
	});

	it('asks no rounds of what cannot vary, and says nothing where there is no goal', () => {
		expect(verdictOf({ isReached: true, judged: 'fixed' })).toBe('yes');
		expect(verdictOf({})).toBe('');
	});

	it('stands in the table', () => {
		const line = {
			id: 'S1',
			measured: 'it',
			ours: '1',
			beside: '',
			result: '1',
			goal: '2',
		} as const;
		expect(terminalTable([{ ...line, isReached: true, judged: steady }])).toMatch(/ yes +│/);
		expect(terminalTable([{ ...line, isReached: true, judged: apart }])).toContain('not stable');
	});

	it('judges a ratio round by round, and several figures by the one that lies widest', () => {
		const ratio = ratioOf([1, 2, 3, 4, 5], [2, 4, 6, 8, 10]);
		expect(verdictOf({ isReached: true, judged: ratio })).toBe('yes');
		expect(widest([steady, apart])).toBe(apart);
		expect(widest([apart, steady])).toBe(apart);
	});
});
