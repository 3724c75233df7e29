/** A signed-in user of n8n, over the REST calls that its editor makes. */
import { Agent } from 'node:http';
import axios, { type AxiosInstance } from 'axios';
import { z } from 'zod';

const TIMEOUT = 60_000;

export interface Owner {
	email: string;
	password: string;
}

const dataSchema = z.object({ data: z.unknown() });

export class Session {
	private constructor(
		private readonly http: AxiosInstance,
		private readonly url: string,
	) {}

	/** Creates the instance's owner, who is signed in afterwards. */
	static async setUpOwner(url: string, { email, password }: Owner): Promise<Session> {
		return Session.open(url, '/rest/owner/setup', {
			email,
			password,
			firstName: 'Sample',
			lastName: 'Owner',
		});
	}

	static async signIn(url: string, { email, password }: Owner): Promise<Session> {
		return Session.open(url, '/rest/login', { emailOrLdapLoginId: email, password });
	}

	private static async open(url: string, path: string, body: object): Promise<Session> {
		const response = await axios.post<unknown>(`${url}${path}`, body, {
			timeout: TIMEOUT,
			validateStatus: () => true,
		});
		if (response.status >= 300) {
			throw new Error(`POST ${path}: ${response.status} ${JSON.stringify(response.data)}`);
		}
		const cookies = response.headers['set-cookie'] ?? [];
		const cookie = cookies.map((line) => line.split(';')[0]).join('; ');
		return new Session(
			axios.create({
				baseURL: `${url}/rest`,
				timeout: TIMEOUT,
				// A kept connection may be closed by n8n in the moment in which it is used again.
				httpAgent: new Agent({ keepAlive: false }),
				headers: { cookie, 'browser-id': 'partner-center-session' },
				validateStatus: () => true,
			}),
			url,
		);
	}

	/** A file that the editor loads, such as `/types/nodes.json` or an icon. */
	async file(path: string): Promise<{ status: number; type: string; text: string }> {
		const { status, headers, data } = await this.http.get<string>(`${this.url}${path}`, {
			responseType: 'text',
			transformResponse: (text: string) => text,
		});
		return { status, type: String(headers['content-type']), text: data };
	}

	/**
	 * One REST call, such as `('GET', '/credentials')`.
	 *
	 * @returns the `data` of n8n's answer
	 * @throws Error with n8n's answer when the status is not 2xx, or with why there was none
	 */
	async call(
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
		path: string,
		data?: unknown,
	): Promise<unknown> {
		const response = await this.http
			.request<unknown>({ method, url: path, data })
			.catch((error: unknown) => {
				// Not the request itself, which holds the session's cookie.
				throw new Error(
					`${method} ${path}: ${error instanceof Error ? error.message : 'no answer'}`,
				);
			});
		if (response.status >= 300) {
			throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(response.data)}`);
		}
		const wrapped = dataSchema.safeParse(response.data);
		return wrapped.success ? wrapped.data.data : response.data;
	}
}
