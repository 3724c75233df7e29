/** An emulator behind TLS for a test file, and HTTP for clients that trusts its certificate alone. */
import { Agent } from 'node:https';
import axios from 'axios';

import { makeCertificate } from '../../../../dev/emulator/certificate';
import {
	startEmulator,
	type Emulator,
	type EmulatorOptions,
} from '../../../../dev/emulator/startEmulator';
import { authorizeForm } from './person';
import { startTlsProxy } from './tlsProxy';

/** What clients hand to `fetch`, each with its own type for the rest. */
interface Sent {
	method?: string;
	headers?: Record<string, string>;
	body?: unknown;
}

/** The emulator speaks TLS itself (`--tls`), or a proxy before it does (`--public-url`). */
export const WAYS_OF_TLS = ['its own TLS', 'a proxy that ends TLS'] as const;
export type WayOfTls = (typeof WAYS_OF_TLS)[number];

export interface Place {
	emulator: Emulator;
	agent: Agent;
	/** As `fetch`, for clients that take one. */
	fetch: (url: string | URL, init?: Sent) => Promise<Response>;
	/** What a person does on the sign-in page. @returns where the browser is sent */
	signIn(authorizeUrl: string): Promise<URL>;
	/** What a person does who got a code on another device. */
	typeIn(userCode: string): Promise<void>;
	/** @returns the status of a call to the API with that token */
	call(token: string, path?: string): Promise<number>;
	/** @throws Error when an answer through the proxy named the address behind it */
	close(): Promise<void>;
}

const AGREEMENTS = '/v1/agreements?agreementType=MicrosoftCustomerAgreement';

export async function openPlace(way: WayOfTls, options: EmulatorOptions = {}): Promise<Place> {
	const { emulator, certificate, close } = await (way === 'its own TLS'
		? withItsOwn(options)
		: behindProxy(options));
	const agent = new Agent({ ca: certificate });
	const http = axios.create({ httpsAgent: agent, maxRedirects: 0, validateStatus: () => true });
	return {
		emulator,
		agent,
		close,
		fetch: async (url, init = {}) => {
			const { status, headers, data } = await http.request<ArrayBuffer>({
				url: String(url),
				method: init.method ?? 'GET',
				headers: init.headers ?? {},
				data: init.body === undefined || init.body === null ? undefined : String(init.body),
				responseType: 'arraybuffer',
			});
			const shown = Object.entries(headers).map(([name, value]): [string, string] => [
				name,
				String(value),
			]);
			return new Response(data, { status, headers: shown });
		},
		signIn: async (authorizeUrl) => {
			const { status, headers } = await http.post(authorizeUrl, authorizeForm());
			expect(status).toBe(302);
			return new URL(String(headers.location));
		},
		typeIn: async (userCode) => {
			const form = authorizeForm({ user_code: userCode });
			expect((await http.post(`${emulator.baseUrl}/devicelogin`, form)).status).toBe(200);
		},
		call: async (token, path = AGREEMENTS) => {
			const headers = { Authorization: `Bearer ${token}` };
			return (await http.get(`${emulator.baseUrl}${path}`, { headers })).status;
		},
	};
}

interface Opened extends Pick<Place, 'emulator' | 'close'> {
	/** PEM. */
	certificate: string | undefined;
}

async function withItsOwn(options: EmulatorOptions): Promise<Opened> {
	const emulator = await startEmulator({ ...options, tls: true });
	const { certificate } = emulator;
	return { emulator, certificate, close: async () => await emulator.close() };
}

async function behindProxy(options: EmulatorOptions): Promise<Opened> {
	const certificate = await makeCertificate([]);
	const proxy = await startTlsProxy(certificate);
	const emulator = await startEmulator({ ...options, publicUrl: proxy.publicUrl });
	proxy.behind = emulator.port;
	const close = async () => {
		await emulator.close();
		await proxy.close();
		if (proxy.leaks.length > 0) {
			throw new Error(`The address behind the proxy shows in: ${proxy.leaks.join(', ')}`);
		}
	};
	return { emulator, certificate: certificate.cert, close };
}
