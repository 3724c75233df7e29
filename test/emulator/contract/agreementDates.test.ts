/** Which texts count as the date of an agreement, and how the list writes them. */
import fc from 'fast-check';
import { formatListedDate, parseAgreementDate } from '../../../dev/emulator/api/agreementDates';

const instants = fc.date({
	min: new Date('0001-01-02T00:00:00Z'),
	max: new Date('9999-12-30T00:00:00Z'),
	noInvalidDate: true,
});

test('every ISO date-time is read as the instant it names', () => {
	fc.assert(
		fc.property(instants, (date) => {
			expect(parseAgreementDate(date.toISOString())).toBe(date.getTime());
		}),
	);
});

test('a listed date has no zone and still means the same instant', () => {
	fc.assert(
		fc.property(instants, (date) => {
			const listed = formatListedDate(date.toISOString());
			expect(listed).not.toMatch(/Z$/);
			expect(parseAgreementDate(listed)).toBe(date.getTime());
		}),
	);
});

test.each([
	['2019-08-26T00:00:00', '2019-08-26T00:00:00'],
	['2019-08-26', '2019-08-26T00:00:00'],
	['8/6/2019', '2019-08-06T00:00:00'],
	['08/26/2019 12:00:00 AM', '2019-08-26T00:00:00'],
	['08/26/2019 12:30:00 PM', '2019-08-26T12:30:00'],
	['08/26/2019 11:05 pm', '2019-08-26T23:05:00'],
	['08/26/2019 04:31:13', '2019-08-26T04:31:13'],
	['2019-08-26T02:00:00+02:00', '2019-08-26T00:00:00'],
	['2019-08-26T00:00:00.1200000Z', '2019-08-26T00:00:00.12'],
])('%s is listed as %s', (text, listed) => {
	expect(formatListedDate(text)).toBe(listed);
});

test.each([
	'',
	'26-08-2019',
	'26/08/2019',
	'02/30/2019',
	'08/26/2019 13:00 PM',
	'2019-08-26T00:00:00 02:00',
	'2019-02-29',
	'2019-13-01',
	'2019-08-26T25:00:00Z',
	'1566777600000',
])('%p is no date', (text) => {
	expect(parseAgreementDate(text)).toBeUndefined();
});
