/** The text that n8n stores, and what is found again in it. */
import fc from 'fast-check';

import {
	SeenEvents,
	type PackedEvents,
} from '../../../nodes/MicrosoftPartnerCenter/trigger/SeenEvents';

const HOUR = 3_600_000;
/** As long as the ids of Partner Center. */
const idOf = (index: number) => `partner_customer_createagreement_${index}_`.padEnd(150, 'x');

it('finds what was added, and nothing else, after it was stored', () => {
	const instant = fc.integer({ min: -3 * HOUR, max: 60 * HOUR });
	fc.assert(
		fc.property(fc.array(instant, { maxLength: 300 }), (dates) => {
			const seen = new SeenEvents({});
			for (const [index, at] of dates.entries()) seen.add(idOf(index), at);
			const read = new SeenEvents(JSON.parse(JSON.stringify(seen.pack(-3 * HOUR))) as PackedEvents);
			for (const index of dates.keys()) expect(read.has(idOf(index))).toBe(true);
			for (let index = 0; index < 300; index++) expect(read.has(idOf(1_000 + index))).toBe(false);
			expect(read.pack(-3 * HOUR)).toEqual(seen.pack(-3 * HOUR));
		}),
	);
});

it('forgets whole hours that are over', () => {
	const seen = new SeenEvents({});
	for (let hour = 0; hour < 4; hour++) seen.add(idOf(hour), hour * HOUR + 1);
	const after = (from: number) => {
		const read = new SeenEvents(seen.pack(from));
		return [0, 1, 2, 3].map((hour) => read.has(idOf(hour)));
	};
	expect(after(2 * HOUR)).toEqual([false, false, true, true]);
	expect(after(3 * HOUR - 1)).toEqual([false, false, true, true]);
});
