/** Partner Center's dates, with or without their zone. */
import { parseUtc } from '../../../nodes/MicrosoftPartnerCenter/client/clock';

const NOON = Date.UTC(2026, 10, 20, 12);

it.each([
	'2026-11-20T12:00:00',
	'2026-11-20T12:00:00Z',
	'2026-11-20T12:00:00.0000000z',
	'2026-11-20T14:00:00+02:00',
	'2026-11-20T14:00:00+0200',
])('%s is noon in UTC', (text) => {
	expect(parseUtc(text)).toBe(NOON);
});

it.each([undefined, null, '', 'soon', '20.11.2026'])('%j is no date', (text) => {
	expect(parseUtc(text)).toBeNaN();
});
