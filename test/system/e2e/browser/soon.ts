/** An editor shows a result when it has arrived: what is read too early is read again. */
import { isDeepStrictEqual } from 'node:util';

const PATIENCE = 60_000;
const PAUSE = 100;

/** Reads until it is what is expected, and says what it was last when it never is. */
export async function expectSoon<T>(read: () => Promise<T>, expected: T): Promise<void> {
	const deadline = Date.now() + PATIENCE;
	let last = await read();
	while (!isDeepStrictEqual(last, expected) && Date.now() < deadline) {
		await new Promise((resolve) => setTimeout(resolve, PAUSE));
		last = await read();
	}
	expect(last).toEqual(expected);
}
