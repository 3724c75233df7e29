/**
 * What the client does on the wire, as Node.js itself sees it: when a request is started, and when a
 * 429 has reached the client. The emulator's own times would count how long this machine takes.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';

/** On the clock that nobody sets, in milliseconds. */
export interface ClientCalls {
	/** When each request to the service was started. */
	starts: number[];
	/** Each 429 with this Retry-After: when it was there, and when everybody could know of it. */
	refusals: Array<{ at: number; knownAt: number }>;
	stop(): void;
}

/**
 * Within so many turns of the event loop an answer gets from the socket to the node, and a request that
 * had its turn before gets from the node to the socket, however slow the machine is.
 */
const TURNS = 50;

const isOfService = ({ path }: ClientRequest) => path.startsWith('/v1/');

export function recordClientCalls(baseUrl: string, retryAfter: number): ClientCalls {
	const { port } = new URL(baseUrl);
	const isOurs = (request: ClientRequest) =>
		isOfService(request) && String(request.getHeader('host')).endsWith(`:${port}`);
	const calls: ClientCalls = {
		starts: [],
		refusals: [],
		stop() {
			unsubscribe('http.client.request.start', onStart);
			unsubscribe('http.client.response.finish', onAnswer);
		},
	};
	function onStart(message: unknown): void {
		const { request } = message as { request: ClientRequest };
		if (isOurs(request)) calls.starts.push(performance.now());
	}
	function onAnswer(message: unknown): void {
		const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
		if (!isOurs(request) || response.statusCode !== 429) return;
		if (response.headers['retry-after'] !== String(retryAfter)) return;
		const refusal = { at: performance.now(), knownAt: Infinity };
		calls.refusals.push(refusal);
		void turns().then(() => {
			refusal.knownAt = performance.now();
		});
	}
	subscribe('http.client.request.start', onStart);
	subscribe('http.client.response.finish', onAnswer);
	return calls;
}

async function turns(): Promise<void> {
	for (let turn = 0; turn < TURNS; turn += 1) await new Promise(setImmediate);
}
