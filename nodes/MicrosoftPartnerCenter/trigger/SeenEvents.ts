/**
 * The events that the trigger has settled, in few bytes: n8n stores them with the workflow.
 *
 * Of an event, the first 44 bits of a digest of its id are kept, by the hour of its date. The digests of
 * an hour are sorted, and each is written as its distance from the one before, in a Rice code (see Golomb
 * coding). So 10,000 events of two days take less than 64 kB. With 5,000 events a day, about once in a
 * thousand years one looks like another of these days, and is left out.
 */
import { createHash } from 'crypto';

const HOUR_MS = 3_600_000;
const DIGEST_BITS = 44;
/** How many bits say how long a code's second part is. */
const HEAD_BITS = 6;

/** For each hour, counted since 1970, the digests of its events. */
export type PackedEvents = Record<string, string>;

export class SeenEvents {
	/** The hour of each digest. */
	readonly #hours = new Map<number, number>();

	constructor(packed: PackedEvents) {
		for (const [hour, text] of Object.entries(packed)) {
			for (const digest of unpack(text)) this.#hours.set(digest, Number(hour));
		}
	}

	has(id: string): boolean {
		return this.#hours.has(digestOf(id));
	}

	/** @param at milliseconds since 1970 */
	add(id: string, at: number): void {
		this.#hours.set(digestOf(id), hourOf(at));
	}

	/** @param from milliseconds since 1970: hours that were over then are left out */
	pack(from: number): PackedEvents {
		const byHour: Record<string, number[]> = {};
		for (const [digest, hour] of this.#hours) {
			if (hour >= hourOf(from)) (byHour[hour] ??= []).push(digest);
		}
		return Object.fromEntries(Object.entries(byHour).map(([hour, some]) => [hour, pack(some)]));
	}
}

function hourOf(instant: number): number {
	return Math.floor(instant / HOUR_MS);
}

function digestOf(id: string): number {
	const hex = createHash('sha256').update(id).digest('hex');
	return Number.parseInt(hex.slice(0, DIGEST_BITS / 4), 16);
}

function pack(digests: number[]): string {
	// About the average distance: then its whole multiples are few.
	const bits = Math.round(DIGEST_BITS - Math.log2(digests.length) - 0.5);
	let code = binary(bits, HEAD_BITS);
	let before = 0;
	for (const digest of digests.sort((a, b) => a - b)) {
		const distance = digest - before;
		code += `${'1'.repeat(Math.floor(distance / 2 ** bits))}0${binary(distance % 2 ** bits, bits)}`;
		before = digest;
	}
	// Filled with ones, which without a zero after them are no distance.
	const bytes = code.match(/.{1,8}/g) ?? [];
	return Buffer.from(bytes.map((byte) => Number.parseInt(byte.padEnd(8, '1'), 2))).toString(
		'base64url',
	);
}

function unpack(text: string): number[] {
	const code = [...Buffer.from(text, 'base64url')].map((byte) => binary(byte, 8)).join('');
	const bits = Number.parseInt(code.slice(0, HEAD_BITS), 2);
	const digests: number[] = [];
	let before = 0;
	let start = HEAD_BITS;
	for (;;) {
		const zero = code.indexOf('0', start);
		if (zero < 0) return digests;
		const end = zero + 1 + bits;
		const rest = Number.parseInt(code.slice(zero + 1, end), 2);
		before += (zero - start) * 2 ** bits + rest;
		digests.push(before);
		start = end;
	}
}

function binary(value: number, digits: number): string {
	return value.toString(2).padStart(digits, '0');
}
