import fc from 'fast-check';

import { readDateAgreed } from '../../../nodes/MicrosoftPartnerCenter/fields/dateAgreed';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const read = (value: unknown, timeZone = 'UTC', now = NOW) =>
	readDateAgreed(value, { timeZone, now });

describe('a date of acceptance', () => {
	it.each([
		['the documented example', '2018-06-14T00:00:00.000Z', '2018-06-14T00:00:00.000Z'],
		['a bare date', '2018-06-14', '2018-06-14T00:00:00.000Z'],
		['a date-time in UTC without seconds', '2018-06-14T09:30Z', '2018-06-14T09:30:00.000Z'],
		['a date-time with an offset', '2018-06-14T09:30:00+02:00', '2018-06-14T07:30:00.000Z'],
		[
			"Salesforce's offset without colon",
			'2018-06-14T09:30:00.000+0000',
			'2018-06-14T09:30:00.000Z',
		],
		['an offset of hours only', '2018-06-14T09:30:00-05', '2018-06-14T14:30:00.000Z'],
		['a space in place of the T', '2018-06-14 09:30:00Z', '2018-06-14T09:30:00.000Z'],
		['seven digits of a fraction', '2018-06-14T09:30:00.1234567Z', '2018-06-14T09:30:00.123Z'],
		['milliseconds as a number', 1528934400000, '2018-06-14T00:00:00.000Z'],
		["HubSpot's milliseconds as text", '1528934400000', '2018-06-14T00:00:00.000Z'],
		['a JavaScript date', new Date('2018-06-14T09:30:00Z'), '2018-06-14T09:30:00.000Z'],
		["n8n's own date", { toMillis: () => 1528934400000 }, '2018-06-14T00:00:00.000Z'],
		['white space around it', ' 2018-06-14\n', '2018-06-14T00:00:00.000Z'],
		['a leap day', '2024-02-29', '2024-02-29T00:00:00.000Z'],
	])('reads %s', (_what, value, expected) => {
		expect(read(value)).toEqual({ value: expected });
	});

	it.each([
		['Europe/Amsterdam', '2026-07-01T12:00:00', '2026-07-01T10:00:00.000Z'],
		['Europe/Amsterdam', '2026-01-15T12:00:00', '2026-01-15T11:00:00.000Z'],
		['America/New_York', '2026-11-19T23:30:00', '2026-11-20T04:30:00.000Z'],
		['Asia/Tokyo', '2026-11-20T09:00:00', '2026-11-20T00:00:00.000Z'],
		['Asia/Kolkata', '2026-11-20 05:30', '2026-11-20T00:00:00.000Z'],
		['Pacific/Chatham', '2026-07-01T12:45:00', '2026-07-01T00:00:00.000Z'],
	])('without an offset it is a time in the workflow’s zone: %s', (zone, value, expected) => {
		expect(read(value, zone)).toEqual({ value: expected });
	});

	it('in the hour that spring skips, takes the instant after the gap', () => {
		expect(read('2026-03-29T02:30:00', 'Europe/Amsterdam')).toEqual({
			value: '2026-03-29T01:30:00.000Z',
		});
	});

	it('today as a bare date is midnight UTC where that has passed', () => {
		expect(read('2026-11-20', 'America/New_York')).toEqual({ value: '2026-11-20T00:00:00.000Z' });
	});

	it('today as a bare date is the present where midnight UTC still lies ahead', () => {
		const morningInAuckland = Date.parse('2026-11-20T19:00:00Z');
		expect(read('2026-11-21', 'Pacific/Auckland', morningInAuckland)).toEqual({
			value: '2026-11-20T19:00:00.000Z',
		});
	});

	it('tomorrow as a bare date is refused', () => {
		expect(read('2026-11-21')).toMatchObject({ fault: 'lies in the future' });
	});

	it('allows clocks to differ by five minutes, and no more', () => {
		expect(read('2026-11-20T10:05:00Z')).toEqual({ value: '2026-11-20T10:05:00.000Z' });
		expect(read('2026-11-20T10:05:01Z')).toMatchObject({ fault: 'lies in the future' });
	});

	it.each([
		['epoch seconds', 1528934400, /milliseconds/],
		['epoch seconds as text', '1528934400', /milliseconds/],
		['a compact date', '20180614', /milliseconds/],
		['zero', 0, /milliseconds/],
		['NaN', Number.NaN, /milliseconds/],
		['30 February', '2024-02-30', /exists/],
		['29 February of a common year', '2023-02-29', /exists/],
		['month 13', '2023-13-01', /exists/],
		['hour 24', '2023-01-01T24:00:00Z', /exists/],
		['an offset of 25 hours', '2023-01-01T10:00:00+25:00', /offset/],
		['a day-first date', '14/06/2018', /unambiguously/],
		['a month-first date', '06-14-2018', /unambiguously/],
		['words', 'yesterday', /unambiguously/],
		['an unfilled template', '{{ deal.closedate }}', /placeholder/],
		['an invalid n8n date', 'Invalid DateTime', /unambiguously/],
		['an invalid JavaScript date', new Date('x'), /valid/],
		['the empty date of a database', '0001-01-01T00:00:00Z', /2000/],
		['the epoch as a date', '1970-01-01', /2000/],
		['true', true, /not a date/],
		['a list', ['2018-06-14'], /not a date/],
	])('refuses %s, and says what it takes', (_what, value, fault) => {
		const reading = read(value);
		expect(reading).toMatchObject({ fault: expect.stringMatching(fault) });
		expect('fix' in reading && reading.fix).toMatch(/2018-06-14|date of acceptance|accepted/);
	});

	it('reads back every instant it writes, in every zone', () => {
		const instants = fc.date({
			min: new Date('2000-01-01T00:00:00Z'),
			max: new Date(NOW),
			noInvalidDate: true,
		});
		const zones = fc.constantFrom('UTC', 'Europe/Istanbul', 'America/St_Johns', 'Pacific/Apia');
		fc.assert(
			fc.property(instants, zones, (instant, zone) => {
				const expected = { value: instant.toISOString() };
				expect(read(instant.toISOString(), zone)).toEqual(expected);
				if (instant.getTime() >= 100_000_000_000) {
					expect(read(instant.getTime(), zone)).toEqual(expected);
					expect(read(String(instant.getTime()), zone)).toEqual(expected);
				}
			}),
		);
	});

	it('answers any value with a date that has passed or a fault with a fix, never an exception', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				const reading = read(value, 'Europe/Budapest');
				if ('value' in reading) {
					expect(Date.parse(reading.value)).toBeLessThanOrEqual(NOW + 5 * 60_000);
				} else {
					expect(reading.fault).not.toBe('');
					expect(reading.fix).not.toBe('');
				}
			}),
		);
	});
});
