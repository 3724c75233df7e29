/** The words that people see: they are all in words.md, and keep n8n's writing rules. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { formWords, type FormWord } from './formWords';
import { readMessages } from './messages';
import { faultsOfForm, faultsOfMessages } from './rules';
import { wordsPage } from './table';

it('words.md is up to date (npm run words)', () => {
	expect(readFileSync(path.join(__dirname, 'words.md'), 'utf8')).toBe(wordsPage());
});

it('holds the words that a person knows from the form and from the messages', () => {
	const page = wordsPage();
	for (const known of [
		'| Date Agreed | label |',
		'| Already Exists | output |',
		'| e.g. someone@example.com | placeholder |',
		'| The client secret has expired | Create a new client secret',
		'| is not an e-mail address | Map it from',
	]) {
		expect(page).toContain(known);
	}
});

it('the words of the forms keep n8n’s writing rules', () => {
	expect(faultsOfForm(formWords())).toEqual([]);
});

it('every message keeps them, and has a next step', () => {
	const { messages } = readMessages();
	expect(messages.length).toBeGreaterThan(60);
	expect(faultsOfMessages(messages)).toEqual([]);
});

describe('the rules notice', () => {
	const field = (kind: FormWord['kind'], text: string) =>
		faultsOfForm([{ of: 'Node', where: 'Field', kind, text }]);
	const message = (what: string, next: string) =>
		faultsOfMessages([{ file: 'a.ts', kind: 'message', what, next }]);

	it.each([
		['label', 'Date agreed', 'not Title Case: agreed'],
		['choice', 'get many', 'not Title Case: get, many'],
		['action', 'Confirm a customer agreement', 'has an article'],
		['action', 'Confirm Agreement Status', 'capitals inside a sentence: Status'],
		['description', 'The customer.', 'one sentence with a full stop'],
		['description', 'The customer. An ID is enough', 'several sentences without a full stop'],
		['description', 'The Contact of the customer', 'capitals inside a sentence: Contact'],
		['description', 'the customer', 'starts with a small letter'],
		['whether', 'Return all results', 'does not start with Whether'],
		['placeholder', 'someone@example.com', 'starts with e.g.'],
		['hint', 'An error of the user', 'uses "error"'],
	] as const)('a %s such as "%s"', (kind, text, fault) => {
		expect(field(kind, text)).toEqual([expect.stringContaining(fault)]);
	});

	it.each([
		['An error occurred', 'Try again.', 'uses "error"'],
		['The customer is not known.', 'Check it.', 'ends with a full stop'],
		['The customer is not known', '', 'has no next step'],
		['The customer is not known', 'Check it', 'ends without a full stop'],
		['the customer is not known', 'Check it.', 'starts with a small letter'],
	])('a message such as "%s" with "%s"', (what, next, fault) => {
		expect(message(what, next)).toContainEqual(expect.stringContaining(fault));
	});

	it.each([
		['label', 'Put Output File in Field'],
		['description', 'The customer. In expressions, an ID is enough.'],
		['whether', 'Whether to look for an agreement before the write'],
		['placeholder', 'e.g. nl-NL'],
		['action', 'Get MCA metadata'],
	] as const)('nothing about a %s such as "%s"', (kind, text) => {
		expect(field(kind, text)).toEqual([]);
	});
});
