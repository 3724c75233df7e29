/**
 * Everything that leaves this program passes here: nothing goes to any other origin than the two of
 * the endpoints, whatever a link in an answer says, and redirects are not followed.
 */
import type { Endpoints } from './endpoints';

export interface WireRequest {
	method: 'GET' | 'POST' | 'PUT' | 'HEAD';
	url: URL;
	headers: Readonly<Record<string, string>>;
	body?: string;
}

export interface WireAnswer {
	status: number;
	/** Names in lower case. */
	headers: Readonly<Record<string, string>>;
	/** Without the byte order mark. */
	text: string;
	startsWithByteOrderMark: boolean;
	/** Length of the body, whatever it is. */
	bytes: number;
	/** Milliseconds since 1970. */
	receivedAt: number;
}

const TIMEOUT_MS = 120_000;

export class Wire {
	private readonly origins: ReadonlySet<string>;
	/** The origins that were called, in the order of the first call. */
	readonly contacted = new Set<string>();

	constructor(endpoints: Endpoints) {
		this.origins = new Set([endpoints.login, endpoints.api].map((one) => new URL(one).origin));
	}

	allows(url: URL): boolean {
		return this.origins.has(url.origin);
	}

	/** @throws Error for any other origin, and when there is no answer */
	async send({ url, ...request }: WireRequest): Promise<WireAnswer> {
		if (!this.allows(url)) throw new Error(`${url.origin} is not a place that the probe calls`);
		this.contacted.add(url.origin);
		const signal = AbortSignal.timeout(TIMEOUT_MS);
		const { answer, bytes } = await fetch(url, { ...request, redirect: 'manual', signal })
			.then(async (started) => ({
				answer: started,
				bytes: Buffer.from(await started.arrayBuffer()),
			}))
			.catch((cause: unknown) => {
				throw new Error(`${url.host} did not answer`, { cause });
			});
		const startsWithByteOrderMark = bytes.subarray(0, 3).equals(BYTE_ORDER_MARK);
		return {
			status: answer.status,
			headers: Object.fromEntries(answer.headers),
			text: bytes.subarray(startsWithByteOrderMark ? BYTE_ORDER_MARK.length : 0).toString(),
			startsWithByteOrderMark,
			bytes: bytes.length,
			receivedAt: Date.now(),
		};
	}
}

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');
