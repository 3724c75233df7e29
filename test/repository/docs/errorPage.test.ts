/** "Read an error" explains every message that an item can fail with, and names no other. */
import { messages } from './messages';
import { pageNamed } from './pages';

const { rows } = pageNamed('docs/operations/read-an-error.md');

/** What a cell says, without the marks of Markdown. */
const plain = (cell = '') => cell.replace(/[`*]|\\(?=")/g, '').trim();

const explained = rows
	.filter(({ cells }) => cells.length === 3)
	.map(({ cells: [seen, meaning, next] }) => ({
		seen: plain(seen?.split('<br>')[0]),
		codes: seen?.split('<br>')[1] ?? '',
		meaning: plain(meaning),
		next: plain(next),
	}))
	// Codes alone are those of another system's order; no item of this node has them.
	.filter(({ seen }) => !/^[\d ]+$/.test(seen));
const rowOf = (text: string) => explained.find(({ seen }) => seen === text);

it('finds the messages in the sources', () => {
	expect(messages().length).toBeGreaterThan(60);
});

it.each(messages().map(({ text, where, codes }) => [text, where, codes] as const))(
	'explains: %s (%s)',
	(text, _where, codes) => {
		const row = rowOf(text);
		expect(row).toMatchObject({
			meaning: expect.stringMatching(/\w+ \w+/),
			next: expect.stringMatching(/\w+ \w+/),
		});
		for (const code of codes) expect(row?.codes).toContain(`\`${code}\``);
	},
);

it('explains no message that no item can have', () => {
	const known = new Set(messages().map(({ text }) => text));
	expect(explained.map(({ seen }) => seen).filter((seen) => !known.has(seen))).toEqual([]);
});

it('explains no message twice', () => {
	const seen = explained.map((one) => one.seen);
	expect(seen.filter((one, index) => seen.indexOf(one) !== index)).toEqual([]);
});
