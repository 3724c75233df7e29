/** Starts an emulator with these switches, probes it over HTTP like the service, and compares. */
import { randomUUID } from 'node:crypto';
import {
	EMULATOR_CLIENT_ID,
	EMULATOR_CLIENT_SECRET,
	EMULATOR_TENANT_ID,
} from '../../emulator/identity/registeredApp';
import { startEmulator } from '../../emulator/startEmulator';
import type { Switches, SwitchesInput } from '../../emulator/switches';
import { askAll, type ProbeResult } from '../askAll';
import type { Acceptance } from '../observations/attestations';
import { Tokens } from '../signIn/Tokens';
import { Survey } from '../Survey';
import { ApiClient } from '../wire/ApiClient';
import { emulatorEndpoints } from '../wire/endpoints';
import { Wire } from '../wire/Wire';
import { switchNames } from './choices';
import { hiddenIn } from './hiddenIn';

export interface EmulatorRun {
	/** What the emulator was started with, defaults filled in. */
	settings: Switches;
	result: ProbeResult;
	/** Switches that were to be found, and what was found instead; empty when all is well. */
	missed: readonly { name: keyof Switches; is: unknown; found: unknown }[];
	/** Switches that no call can find in these settings, each with the reason. */
	hidden: readonly { name: keyof Switches; reason: string }[];
	/** The origins that were called. */
	contacted: readonly string[];
}

/** More than the longest delay that a run is started with. */
const WAIT_SECONDS = 4;

export async function probeEmulator(switches: SwitchesInput): Promise<EmulatorRun> {
	const emulator = await startEmulator({ switches });
	try {
		const settings = { ...emulator.switches };
		const customer = emulator.addCustomer({
			id: randomUUID(),
			companyName: 'Probe Sandbox',
			domain: 'probesandbox.onmicrosoft.com',
		});
		const endpoints = emulatorEndpoints(emulator.baseUrl);
		const wire = new Wire(endpoints);
		const tokens = new Tokens(wire, endpoints, {
			tenant: EMULATOR_TENANT_ID,
			clientId: EMULATOR_CLIENT_ID,
			clientSecret: EMULATOR_CLIENT_SECRET,
		});
		const { refresh_token: refreshToken = '' } = await emulator.issueTokens({ kind: 'user' });
		tokens.useRefreshToken(refreshToken);
		const client = new ApiClient(wire, endpoints, tokens);
		const options = {
			writeTo: customer.id,
			auditWaitSeconds: WAIT_SECONDS,
			acceptance: { ...pageOn(wire, emulator.baseUrl), longestWaitSeconds: WAIT_SECONDS },
		};
		const result = await askAll(new Survey(client, tokens, options));
		return { settings, result, ...compared(settings, result), contacted: [...wire.contacted] };
	} finally {
		await emulator.close();
	}
}

/** The customer's page, without a sign-in: its button, and how it looks when time has passed. */
function pageOn(wire: Wire, baseUrl: string): Pick<Acceptance, 'accept' | 'isOpenAt'> {
	const pageOf = (attestationId: string) =>
		new URL(`/mca/?attestationid=${encodeURIComponent(attestationId)}`, baseUrl);
	return {
		accept: async (attestationId) => {
			const url = pageOf(attestationId);
			const { receivedAt } = await wire.send({ method: 'POST', url, headers: {} });
			return receivedAt;
		},
		isOpenAt: async (attestationId, minutes) => {
			const url = new URL(`/_emulator/attestations/${attestationId}/age`, baseUrl);
			const body = JSON.stringify({ minutes });
			const headers = { 'content-type': 'application/json' };
			await wire.send({ method: 'PUT', url, headers, body });
			const page = await wire.send({ method: 'GET', url: pageOf(attestationId), headers: {} });
			return page.status === 200;
		},
	};
}

function compared(
	settings: Switches,
	{ switches: found }: ProbeResult,
): Pick<EmulatorRun, 'missed' | 'hidden'> {
	const reasons = switchNames.map((name) => ({
		name,
		reason: hiddenIn(settings, name),
	}));
	return {
		hidden: reasons.flatMap(({ name, reason }) => (reason === undefined ? [] : [{ name, reason }])),
		missed: reasons
			.filter(({ name, reason }) => reason === undefined && settings[name] !== found[name])
			.map(({ name }) => ({ name, is: settings[name], found: found[name] })),
	};
}
