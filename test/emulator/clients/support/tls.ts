/** An emulator behind TLS for a test file, and HTTP for clients that trusts its certificate alone. */
import { Agent } from 'node:https';
import axios from 'axios';

import { startEmulator, type Emulator } from '../../../../dev/emulator/startEmulator';
import { authorizeForm } from './person';

/** What clients hand to `fetch`, each with its own type for the rest. */
interface Sent {
	method?: string;
	headers?: Record<string, string>;
	body?: unknown;
}

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
}

const AGREEMENTS = '/v1/agreements?agreementType=MicrosoftCustomerAgreement';

export async function openPlace(): Promise<Place> {
	const emulator = await startEmulator({ tls: true });
	const agent = new Agent({ ca: emulator.certificate });
	const http = axios.create({ httpsAgent: agent, maxRedirects: 0, validateStatus: () => true });
	return {
		emulator,
		agent,
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
