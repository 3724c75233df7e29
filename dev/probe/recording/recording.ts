/**
 * What was sent and answered, in the form of contract fixtures, and the switches that make the
 * emulator answer the same. Tokens are in none of it: sign-in is not recorded, and the Authorization
 * header never was in an exchange.
 */
import type { SwitchesInput } from '../../emulator/switches';
import type { ProbeResult } from '../askAll';
import type { Exchange } from '../wire/ApiClient';
import { anonymise, anonymisePath } from './anonymise';
import { Pseudonyms } from './Pseudonyms';

interface Fixture {
	/** The question that the call was made for. */
	question: string;
	request: {
		method: string;
		path: string;
		as: 'user' | 'app';
		headers: Readonly<Record<string, string>>;
		body?: unknown;
	};
	response: {
		status: number;
		headers: Readonly<Record<string, string>>;
		byteOrderMark: boolean;
		/** Null when there is none, or it is no JSON. */
		body: unknown;
		/** Of a long list, the first items are enough. */
		itemsLeftOut: number;
	};
}

export interface Recording {
	about: string;
	switches: SwitchesInput;
	fixtures: readonly Fixture[];
}

const ABOUT =
	'Recorded by npm run probe. Names, addresses, ids, domains, telephone numbers and links are replaced, the same always by the same.';
const MOST_ITEMS = 3;
const RESPONSE_HEADERS =
	/^(content-type|retry-after|www-authenticate|ms-.*|request-context|ismfacompliant|allow)$/;

export function recordingOf({ answers, switches }: ProbeResult): Recording {
	const pseudonyms = new Pseudonyms();
	const fixtures = () =>
		answers.flatMap(({ asks, exchanges }) =>
			exchanges.map((exchange) => fixtureOf(pseudonyms, asks, exchange)),
		);
	// The first time learns the names, which sentences of earlier answers may hold as well.
	fixtures();
	return { about: ABOUT, switches, fixtures: fixtures() };
}

function fixtureOf(pseudonyms: Pseudonyms, question: string, exchange: Exchange): Fixture {
	const { method, path, as, headers, body, answer, json } = exchange;
	const { shown, itemsLeftOut } = withFewItems(json);
	return {
		question,
		request: {
			method,
			path: anonymisePath(pseudonyms, path),
			as,
			headers: headersOf(pseudonyms, headers),
			...(body === undefined ? {} : { body: anonymise(pseudonyms, body) }),
		},
		response: {
			status: answer.status,
			headers: headersOf(
				pseudonyms,
				Object.fromEntries(
					Object.entries(answer.headers).filter(([name]) => RESPONSE_HEADERS.test(name)),
				),
			),
			byteOrderMark: answer.startsWithByteOrderMark,
			body: anonymise(pseudonyms, shown) ?? null,
			itemsLeftOut,
		},
	};
}

/** Kept as they are, or as a sentence; the rest may hold anything. */
const PLAIN_HEADERS = /^(content-type|retry-after|validatemfa|ismfacompliant|allow)$/i;

function headersOf(
	pseudonyms: Pseudonyms,
	headers: Readonly<Record<string, string>>,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => {
			if (PLAIN_HEADERS.test(name)) return [name, value];
			if (/^www-authenticate$/i.test(name)) return [name, pseudonyms.sentence(value)];
			const isId = /^ms-(request|correlation)id$/i.test(name);
			return [name, isId ? pseudonyms.id(value) : pseudonyms.token(value)];
		}),
	);
}

function withFewItems(json: unknown): { shown: unknown; itemsLeftOut: number } {
	if (typeof json !== 'object' || json === null || !('items' in json)) {
		return { shown: json, itemsLeftOut: 0 };
	}
	const { items } = json;
	if (!Array.isArray(items)) return { shown: json, itemsLeftOut: 0 };
	return {
		shown: { ...json, items: items.slice(0, MOST_ITEMS) },
		itemsLeftOut: Math.max(0, items.length - MOST_ITEMS),
	};
}
