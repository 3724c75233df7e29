/** Calls the Partner Center API with a user's or the app's token, and keeps every exchange. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Tokens } from '../signIn/Tokens';
import type { Endpoints } from './endpoints';
import type { Link } from './shapes';
import type { Wire, WireAnswer } from './Wire';

export interface ApiCall {
	method: 'GET' | 'POST';
	/** Below the API's origin, such as `/v1/customers`. */
	path: string;
	query?: Readonly<Record<string, string>>;
	headers?: Readonly<Record<string, string>>;
	body?: unknown;
	/** Default `user`. */
	as?: 'user' | 'app';
}

export interface Exchange {
	method: string;
	/** With its query. */
	path: string;
	/** Those that this call adds; the token and the ids of the call are left out. */
	headers: Readonly<Record<string, string>>;
	body: unknown;
	as: 'user' | 'app';
	/** Milliseconds since 1970. */
	sentAt: number;
	answer: WireAnswer;
	/** The answer's body; undefined when it is no JSON. */
	json: unknown;
}

/** A call that is throttled is made again this often. */
const ATTEMPTS = 5;
const DEFAULT_WAIT_SECONDS = 5;

export class ApiClient {
	/** In the order in which they were made. */
	readonly exchanges: Exchange[] = [];

	constructor(
		private readonly wire: Wire,
		private readonly endpoints: Endpoints,
		private readonly tokens: Tokens,
	) {}

	/** Whether calls can be made with this token at all. */
	can(as: 'user' | 'app'): boolean {
		return as === 'user' ? this.tokens.hasUser : this.tokens.hasApp;
	}

	async call(call: ApiCall): Promise<Exchange> {
		const url = new URL(call.path, this.endpoints.api);
		for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
		return await this.send(url, call);
	}

	/** Undefined for a link that leads elsewhere. */
	async follow(link: Link): Promise<Exchange | undefined> {
		const path = /^(https?:|\/v1\/)/i.test(link.uri) ? link.uri : `/v1${link.uri}`;
		const url = new URL(path, this.endpoints.api);
		if (!this.wire.allows(url)) return undefined;
		const headers = Object.fromEntries(link.headers.map(({ key, value }) => [key, value]));
		return await this.send(url, { method: 'GET', path, headers });
	}

	/**
	 * A file behind a link that is a permission by itself: the token stays here, and the file is no
	 * part of what is recorded. Undefined for a link that leads elsewhere.
	 */
	async download(address: string): Promise<WireAnswer | undefined> {
		const url = new URL(address);
		if (!this.wire.allows(url)) return undefined;
		return await this.wire.send({ method: 'GET', url, headers: {} });
	}

	private async send(url: URL, call: ApiCall): Promise<Exchange> {
		const { method, headers = {}, body, as = 'user' } = call;
		const ids = { 'MS-RequestId': randomUUID(), 'MS-CorrelationId': randomUUID() };
		for (let attempt = 1; ; attempt += 1) {
			const token = await this.tokens.accessToken(as);
			const sentAt = Date.now();
			const answer = await this.wire.send({
				method,
				url,
				headers: {
					Authorization: `Bearer ${token}`,
					Accept: 'application/json',
					'Content-Type': 'application/json',
					...ids,
					...headers,
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			if (answer.status === 429 && attempt < ATTEMPTS) {
				const seconds = Number(answer.headers['retry-after']) || DEFAULT_WAIT_SECONDS;
				await delay(seconds * 1000);
				continue;
			}
			const path = url.pathname + url.search;
			const exchange = { method, path, headers, body, as, sentAt, answer, json: jsonOf(answer) };
			this.exchanges.push(exchange);
			return exchange;
		}
	}
}

function jsonOf({ text }: WireAnswer): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
