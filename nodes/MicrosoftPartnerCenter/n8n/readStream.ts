/** Reads the body of an answer piece by piece, so that nobody's answer can fill n8n's memory. */

/** A body as n8n's helper gives it with `encoding: 'stream'`: unpacked already. */
export type BodyStream = AsyncIterable<Uint8Array> & { destroy?(error?: Error): void };

export interface ReadBytes {
	/** What was read, up to the limit. */
	bytes: Buffer;
	/** Whether there was more. */
	isCut: boolean;
}

/**
 * @param limit in bytes; reading ends there
 * @param signal ends the reading at once, and the connection with it
 * @throws what the stream throws when it breaks off, or an error when the signal ends it
 */
export async function readStream(
	body: BodyStream,
	limit: number,
	signal: AbortSignal,
): Promise<ReadBytes> {
	let end: (() => void) | undefined;
	// A stream that n8n 2.x has wrapped goes on waiting for its next piece after it was destroyed.
	const ended = new Promise<never>((_resolve, reject) => {
		end = () => {
			const reason = new Error('The answer was not waited for any longer');
			reject(reason);
			body.destroy?.(reason);
		};
		signal.addEventListener('abort', end, { once: true });
		if (signal.aborted) end();
	});
	const all = readChunks(body, limit);
	all.catch(() => undefined);
	try {
		return await Promise.race([all, ended]);
	} finally {
		if (end !== undefined) signal.removeEventListener('abort', end);
	}
}

async function readChunks(body: BodyStream, limit: number): Promise<ReadBytes> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		chunks.push(chunk);
		size += chunk.length;
		// Leaving the loop destroys the stream.
		if (size > limit) return { bytes: Buffer.concat(chunks).subarray(0, limit), isCut: true };
	}
	return { bytes: Buffer.concat(chunks), isCut: false };
}

export function isStream(body: unknown): body is BodyStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
