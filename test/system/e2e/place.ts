/**
 * A real n8n for a test: the packed package inside, an emulator beside it, everything in temporary
 * folders and on free ports. Which major: `npm run test:e2e -- --n8n 1|2`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installN8n, type InstalledN8n } from '../../../dev/n8n/install';
import { N8n, type N8nProcess } from '../../../dev/n8n/N8n';
import { MAJORS, type Major } from '../../../dev/n8n/n8nVersions';
import { packTarball } from '../../../dev/n8n/packTarball';
import { Session, type Owner } from '../../../dev/n8n/Session';
import {
	startEmulator,
	type Emulator,
	type EmulatorOptions,
} from '../../../dev/emulator/startEmulator';

/** Enough for n8n to start on a busy machine. */
export const START_TIMEOUT = 240_000;
jest.setTimeout(START_TIMEOUT);

/** Of a throw-away instance that listens on this machine only. */
export const OWNER: Owner = { email: 'owner@example.com', password: 'Throw-away-1' };

/** The major under test, as the command line chose it. */
export function majorUnderTest(): Major {
	const chosen = MAJORS.find((major) => major === (process.env.E2E_N8N ?? '2'));
	if (chosen === undefined) throw new Error(`E2E_N8N takes ${MAJORS.join(' or ')}`);
	return chosen;
}

export interface Place {
	installed: InstalledN8n;
	n8n: N8n;
	emulator: Emulator;
	/** Starts the server and signs its new owner in. */
	serve(): Promise<{ server: N8nProcess; session: Session }>;
	close(): Promise<void>;
}

/** An n8n with the package installed, not started yet, and an emulator. */
export async function openPlace({
	emulator: emulatorOptions = {},
	environment = {},
}: { emulator?: EmulatorOptions; environment?: NodeJS.ProcessEnv } = {}): Promise<Place> {
	const folder = mkdtempSync(join(tmpdir(), 'partner-center-e2e-'));
	const installed = await installN8n(majorUnderTest(), () => undefined);
	const emulator = await startEmulator(emulatorOptions);
	const n8n = new N8n(installed, folder, environment);
	n8n.installPackage(packTarball(join(folder, 'package')));
	return {
		installed,
		n8n,
		emulator,
		serve: async () => {
			const server = await n8n.start();
			return { server, session: await Session.setUpOwner(server.url, OWNER) };
		},
		close: async () => {
			await n8n.stopAll();
			await emulator.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
