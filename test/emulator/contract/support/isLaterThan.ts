/** Awaits what is meant to be late, without measuring: a timer that started with it ends before it. */
export async function isLaterThan<T>(milliseconds: number, work: Promise<T>): Promise<T> {
	let hasPassed = false;
	const timer = setTimeout(() => (hasPassed = true), milliseconds);
	try {
		const result = await work;
		expect(hasPassed).toBe(true);
		return result;
	} finally {
		clearTimeout(timer);
	}
}
