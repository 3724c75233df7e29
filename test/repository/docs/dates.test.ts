/** The dates in the documentation are read as it says. */
import { readDateAgreed } from '../../../nodes/MicrosoftPartnerCenter/fields/dateAgreed';
import { pages } from './pages';

const context = { timeZone: 'Europe/Amsterdam', now: Date.UTC(2026, 0, 1) };
const asTyped = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);

const CODE = /^`([^`]+)`$/;
const ISO = /^`(\d{4}-\d{2}-\d{2}T[\d:.]+Z)`$/;

const examples = pages.flatMap(({ name, rows }) =>
	rows.flatMap(({ cells: [value = '', sent = ''] }) => {
		const [, typed] = CODE.exec(value) ?? [];
		const [, instant] = ISO.exec(sent) ?? [];
		return typed !== undefined && instant !== undefined ? [[name, typed, instant] as const] : [];
	}),
);

it.each(examples)('%s: %s is sent as %s', (_page, typed, instant) => {
	expect(readDateAgreed(asTyped(typed), context)).toEqual({ value: instant });
});

it.each(['2025-02-30', '31-12-2023', '06/12/2025'])('%s is refused, as the pages say', (typed) => {
	expect(pages.some(({ spans }) => spans.some(({ text }) => text === typed))).toBe(true);
	expect(readDateAgreed(typed, context)).toHaveProperty('fault');
});

it('finds the examples', () => {
	expect(examples.length).toBeGreaterThanOrEqual(4);
});
