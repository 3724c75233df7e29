import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { coverageRows, renderCoverage, renderCoverageTotals } from '../../../../dev/demo/coverage';
import { widthOf } from '../../../../dev/demo/report';
import type { RunResult } from '../../../../dev/engine/runWorkflow';

const status = (fields: IDataObject = {}): IDataObject => ({
	customerId: '14876998-c0dc-46e6-9d0c-65a57a6c32ec',
	companyName: 'Contoso',
	partnerConfirmed: true,
	directSigned: false,
	latest: {
		dateAgreed: '2025-04-01T00:00:00.000Z',
		firstName: '美咲',
		lastName: '山田',
		email: 'misaki.yamada@woodgrove.example',
	},
	current: true,
	needsAction: false,
	reason: null,
	...fields,
});

const never = status({
	customerId: '0d5b4d4c-7d4c-4a58-9d0f-61a2c48e5b37',
	companyName: 'Fabrikam',
	partnerConfirmed: false,
	latest: null,
	current: false,
	needsAction: true,
	reason: 'The agreement was never confirmed.',
});

function ran(statuses: IDataObject[], errors: INodeExecutionData[] = []): RunResult {
	const outputs = [statuses.map((json, item) => ({ json, pairedItem: { item } })), errors];
	return {
		status: 'success',
		runData: {},
		outputs: () => outputs,
		inputs: () => [],
		outputNames: () => ['Success', 'Error'],
		hints: () => [],
		uiMessages: [],
		staticData: {},
		get full(): never {
			throw new Error('the report needs no more than the parts above');
		},
	};
}

const rowOf = (fields: IDataObject) => coverageRows(ran([status(fields)]), 'Status')[0];

describe('a row of the coverage', () => {
	it('tells who accepted when', () => {
		expect(rowOf({})).toEqual({
			customer: 'Contoso',
			accepted: 'partner confirmed',
			latest: '2025-04-01 美咲 山田',
			current: 'yes',
			mayOrder: '?',
			reason: '',
		});
	});

	it('tells why something is to be done', () => {
		const [row] = coverageRows(ran([never]), 'Status');
		expect(row).toMatchObject({
			accepted: 'none',
			latest: '',
			current: 'no',
			reason: never.reason,
		});
	});

	it.each([
		[true, false, 'partner confirmed'],
		[true, null, 'partner confirmed'],
		[true, true, 'partner and direct'],
		[false, true, 'direct'],
		[null, true, 'direct'],
		[false, false, 'none'],
		[null, null, 'not readable'],
	])('partner %p and direct %p are "%s"', (partnerConfirmed, directSigned, accepted) => {
		expect(rowOf({ partnerConfirmed, directSigned })?.accepted).toBe(accepted);
	});

	it.each([
		[true, null, 'Allowed', 'yes', ''],
		[false, 'Under review.', 'UnderReview', 'no', 'Under review.'],
		[null, 'Not known.', 'SomethingNew', '?', 'Not known.'],
		[null, 'Not read.', undefined, '?', ''],
	])(
		'may order %p is told, with the reason %p',
		(mayOrder, mayOrderReason, status, told, reason) => {
			const verified = status === undefined ? {} : { accountVerification: status };
			expect(rowOf({ mayOrder, mayOrderReason, ...verified })).toMatchObject({
				mayOrder: told,
				reason,
			});
		},
	);

	it('stands for one customer, however often the list names it', () => {
		const named = (customerId: string) => status({ customerId });
		const id = 'b7c1f0d2-3e64-4a58-9d0f-61a2c48e5b37';
		const rows = coverageRows(ran([named(id), never, named(id.toUpperCase())]), 'Status');
		expect(rows.map(({ customer }) => customer)).toEqual(['Contoso', 'Fabrikam']);
		expect(renderCoverageTotals(rows)).toContain('Current 1 ');
	});

	it('has a failed check in its place, with what to do', () => {
		const failed = {
			json: { companyName: 'Tailspin Toys', error: 'No answer', message: 'Run it again.' },
			pairedItem: { item: 0 },
		};
		const rows = coverageRows(ran([], [failed]), 'Status');
		expect(rows).toEqual([
			{
				customer: 'Tailspin Toys',
				accepted: 'not readable',
				latest: '',
				current: '?',
				mayOrder: '?',
				reason: 'No answer\nRun it again.',
			},
		]);
		expect(renderCoverageTotals(rows)).toContain('Not checked 1');
	});
});

describe('the coverage as a table', () => {
	const rows = coverageRows(ran([status(), never]), 'Status');

	it('has a line per customer where there is room', () => {
		const lines = renderCoverage(rows, 140).split('\n');
		expect(lines).toContainEqual(expect.stringMatching(/Contoso .*partner confirmed.*山田.*yes/));
		expect(lines).toContainEqual(expect.stringMatching(/Fabrikam .*none.*never confirmed/));
	});

	it.each([80, 100, 120, 140])('fills %i columns at most', (columns) => {
		const lines = renderCoverage(rows, columns).split('\n');
		expect(new Set(lines.map(widthOf)).size).toBe(1);
		expect(widthOf(lines[0] ?? '')).toBeLessThanOrEqual(columns);
	});

	it.each([60, 80, 140, 200])('loses no word in %i columns', (columns) => {
		const long = rows.map((row) => ({ ...row, reason: 'why '.repeat(40) }));
		const table = renderCoverage(long, columns);
		expect(table.match(/why/g)).toHaveLength(80);
	});

	it('is summed up', () => {
		expect(renderCoverageTotals(rows)).toBe(
			'Current 1 · Needs action (not current) 1\nAccepted, of all 2: partner confirmed 1, none 1',
		);
	});

	it('of nobody is a table still', () => {
		expect(renderCoverage([], 100)).toContain('Customer');
		expect(renderCoverageTotals([])).toBe('Current 0 · Needs action (not current) 0');
	});
});
