/** A tenant to probe: an emulator, at the addresses of a login host and an API host. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { z } from 'zod';
import {
	EMULATOR_CLIENT_ID,
	EMULATOR_CLIENT_SECRET,
	EMULATOR_TENANT_ID,
} from '../../../dev/emulator/identity/registeredApp';
import type { Emulator } from '../../../dev/emulator/startEmulator';
import { probeTenant, type TenantProbe } from '../../../dev/probe/probeTenant';
import { emulatorEndpoints } from '../../../dev/probe/wire/endpoints';

export const APP = {
	tenant: EMULATOR_TENANT_ID,
	clientId: EMULATOR_CLIENT_ID,
	clientSecret: EMULATOR_CLIENT_SECRET,
};

export type Probed = Awaited<ReturnType<typeof probeTenant>>;

/** Reads only, as a user who signed in before, unless told otherwise. */
export async function probe(
	emulator: Emulator,
	changes: Partial<TenantProbe> = {},
): Promise<Probed> {
	const { refresh_token: refreshToken } = await emulator.issueTokens({ kind: 'user' });
	return await probeTenant({
		endpoints: emulatorEndpoints(emulator.baseUrl),
		app: APP,
		refreshToken,
		show: () => undefined,
		survey: { auditWaitSeconds: 1 },
		...changes,
	});
}

/** What the probe answers to a question that asks for this. */
export function answerTo({ answers }: Probed, asks: RegExp): string {
	return answers.find((one) => asks.test(one.asks))?.finding.answer ?? 'nobody asked';
}

/** Servers of a test, each at an address of its own; `close` ends them however the test went. */
export class Servers {
	private readonly open: Server[] = [];

	/** @returns its origin */
	async start(listener: RequestListener): Promise<string> {
		const server = createServer(listener).listen(0, '127.0.0.1');
		this.open.push(server);
		await once(server, 'listening');
		const { port } = addressSchema.parse(server.address());
		return `http://127.0.0.1:${port}`;
	}

	/** One that nobody should call, which counts who does. */
	async stranger(): Promise<{ url: string; visits: string[] }> {
		const visits: string[] = [];
		const url = await this.start((request, response) => {
			visits.push(request.url ?? '');
			response.end('{}');
		});
		return { url, visits };
	}

	close(): void {
		for (const server of this.open.splice(0)) {
			server.close();
			server.closeAllConnections();
		}
	}
}

const addressSchema = z.object({ port: z.number() });
