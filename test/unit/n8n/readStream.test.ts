/** A body is read piece by piece, to its end, to the limit, or to the end of the waiting. */
import { Readable } from 'node:stream';
import fc from 'fast-check';

import {
	isStream,
	readStream,
	type BodyStream,
} from '../../../nodes/MicrosoftPartnerCenter/n8n/readStream';
import { turns } from '../../support/n8nContext';

const NO_END = new AbortController().signal;
const ENOUGH = 1024;

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
	for (const text of texts) yield Buffer.from(text);
}

/** A stream that sends a piece, and then nothing more. */
function stuck() {
	const body = new Readable({ read: () => undefined });
	body.push('beginning');
	// What ends it is told to the reader.
	body.on('error', () => undefined);
	return body;
}

it('any pieces come out whole, or cut at the limit', async () => {
	const anyPieces = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 12 });
	await fc.assert(
		fc.asyncProperty(anyPieces, fc.nat(100), async (chunks, limit) => {
			const whole = Buffer.concat(chunks);
			const body = (async function* () {
				yield* chunks;
			})();
			const { bytes, isCut } = await readStream(body, limit, NO_END);
			expect(bytes).toEqual(whole.subarray(0, limit));
			expect(isCut).toBe(whole.length > limit);
		}),
	);
});

it('a body of nothing is read as nothing', async () => {
	await expect(readStream(pieces(), ENOUGH, NO_END)).resolves.toEqual({
		bytes: Buffer.alloc(0),
		isCut: false,
	});
});

it('nothing is asked for beyond the limit, and the stream is let go', async () => {
	const asked: number[] = [];
	let isLetGo = false;
	const endless = (async function* () {
		try {
			for (let number = 1; ; number += 1) {
				asked.push(number);
				yield Buffer.alloc(10);
			}
		} finally {
			isLetGo = true;
		}
	})();
	const { bytes, isCut } = await readStream(endless, 25, NO_END);
	expect([bytes.length, isCut, asked, isLetGo]).toEqual([25, true, [1, 2, 3], true]);
});

it('a body that breaks off fails with what the stream says', async () => {
	const broken = (async function* () {
		yield Buffer.from('{"items":');
		throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
	})();
	await expect(readStream(broken, ENOUGH, NO_END)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

describe('the signal', () => {
	const REASON = 'The answer was not waited for any longer';

	it('ends the reading of a body that stopped coming, and its connection', async () => {
		const stop = new AbortController();
		const body = stuck();
		const reading = readStream(body, ENOUGH, stop.signal);
		reading.catch(() => undefined);
		await turns();
		stop.abort();
		await expect(reading).rejects.toThrow(REASON);
		expect(body.destroyed).toBe(true);
	});

	it('ends it also where the stream can not be destroyed', async () => {
		const stop = new AbortController();
		const silent: BodyStream = {
			[Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
		};
		const reading = readStream(silent, ENOUGH, stop.signal);
		stop.abort();
		await expect(reading).rejects.toThrow(REASON);
	});

	it('that was there before lets no reading begin', async () => {
		const body = stuck();
		await expect(readStream(body, ENOUGH, AbortSignal.abort())).rejects.toThrow(REASON);
		expect(body.destroyed).toBe(true);
	});

	it('that comes after the end disturbs nobody', async () => {
		const stop = new AbortController();
		const body = Readable.from([Buffer.from('done')]);
		const destroy = jest.spyOn(body, 'destroy');
		const { bytes } = await readStream(body, ENOUGH, stop.signal);
		destroy.mockClear();
		stop.abort();
		expect([bytes.toString(), destroy.mock.calls.length]).toEqual(['done', 0]);
	});
});

it.each([
	[Readable.from([]), true],
	[pieces(), true],
	['text', false],
	[Buffer.from('text'), false],
	[{ items: [] }, false],
	[null, false],
	[undefined, false],
])('%# is a stream or not', (body, is) => {
	expect(isStream(body)).toBe(is);
});
