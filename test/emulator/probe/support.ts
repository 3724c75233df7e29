/** A tenant to probe: an emulator, at the addresses of a login host and an API host. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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

/** A server at another address, which counts who comes. */
export async function stranger(): Promise<{ server: Server; url: string; visits: string[] }> {
	const visits: string[] = [];
	const server = createServer((request, response) => {
		visits.push(request.url ?? '');
		response.end('{}');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return { server, url: `http://127.0.0.1:${port}`, visits };
}
