/** The emulator in a process of its own, so that neither its CPU time nor its memory is counted. */
import type { ChildProcess } from 'node:child_process';
import { z } from 'zod';

import {
	EMULATOR_CLIENT_ID,
	EMULATOR_CLIENT_SECRET,
	EMULATOR_TENANT_ID,
} from '../emulator/identity/registeredApp';
import { customerAt } from './naiveNode/nodes/customerAt';
import { spawnEmulator } from '../emulator/spawnEmulator';

/** Longer than any run of the benchmark. */
const TOKEN_LIFETIME_SECONDS = 86_400;

/** How the emulator answers during a measurement. */
export interface Load {
	/** Milliseconds. */
	latency?: number;
	/** Requests a minute; none when left out. */
	rateLimit?: number;
	/** Requests that are allowed at once. */
	rateBurst?: number;
}

const tokensSchema = z.object({ access_token: z.string() }).passthrough();
const countsSchema = z.array(
	z.object({
		method: z.string(),
		status: z.number().nullable(),
	}),
);
const stateSchema = z.object({
	customers: z.array(z.object({ agreements: z.array(z.unknown()) })),
});

/** What the emulator saw of one run. */
export interface Seen {
	requests: number;
	/** Requests answered with 429. */
	refused: number;
	/** Customers that have an agreement now. */
	withAgreement: number;
}

export class EmulatorProcess {
	private constructor(
		private readonly child: ChildProcess,
		readonly baseUrl: string,
	) {}

	static async start(): Promise<EmulatorProcess> {
		const { child, baseUrl } = await spawnEmulator(
			'--access-token-lifetime',
			String(TOKEN_LIFETIME_SECONDS),
			// Every request of a run is counted.
			'--kept-requests',
			'50000',
		);
		return new EmulatorProcess(child, baseUrl);
	}

	/** The decrypted data of a credential that is signed in here. */
	async credentialData(): Promise<Record<string, unknown>> {
		return {
			tenantId: EMULATOR_TENANT_ID,
			environment: 'emulator',
			emulatorUrl: this.baseUrl,
			clientId: EMULATOR_CLIENT_ID,
			clientSecret: EMULATOR_CLIENT_SECRET,
			oauthTokenData: await this.issueTokens(),
		};
	}

	async issueTokens(): Promise<z.infer<typeof tokensSchema>> {
		return tokensSchema.parse(await this.control('POST', 'issue-tokens', { kind: 'user' }));
	}

	/** Starts over with that many customers, of whom every n-th has its agreement already. */
	async prepare(count: number, load: Load, { existingEvery }: { existingEvery?: number } = {}) {
		await this.control('POST', 'reset');
		const customers = Array.from({ length: count }, (_, index) => {
			const { customerId, companyName, firstName, lastName, email, dateAgreed } = customerAt(index);
			const isThere = existingEvery !== undefined && index % existingEvery === 0;
			return {
				id: customerId,
				companyName,
				domain: `customer${index + 1}.onmicrosoft.com`,
				directSigned: index % 3 === 0,
				agreements: isThere ? [{ primaryContact: { firstName, lastName, email }, dateAgreed }] : [],
			};
		});
		await this.control('PUT', 'state', { customers });
		await this.control('PUT', 'load', load);
	}

	/** Adds to the activity log, as of now. */
	async addAuditRecords(records: object[]): Promise<void> {
		for (let next = 0; next < records.length; next += 1_000) {
			await this.control('POST', 'audit-records', records.slice(next, next + 1_000));
		}
	}

	async seen(): Promise<Seen> {
		const requests = countsSchema.parse(await this.control('GET', 'requests'));
		const { customers } = stateSchema.parse(await this.control('GET', 'state'));
		const refused = requests.filter(({ status }) => status === 429);
		return {
			requests: requests.length,
			refused: refused.length,
			withAgreement: customers.filter(({ agreements }) => agreements.length > 0).length,
		};
	}

	stop(): void {
		this.child.kill();
	}

	private async control(method: string, path: string, body?: unknown): Promise<unknown> {
		const url = `${this.baseUrl}/_emulator/${path}`;
		const sent = body === undefined ? {} : { body: JSON.stringify(body) };
		const response = await fetch(url, {
			method,
			headers: { 'content-type': 'application/json' },
			...sent,
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 200)}`);
		return text === '' ? undefined : JSON.parse(text);
	}
}
