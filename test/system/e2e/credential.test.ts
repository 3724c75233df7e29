/** The credential over a day's life: restarts, an access token that expired, rotated refresh tokens. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { EMULATOR_CLIENT_SECRET } from '../../../dev/emulator/identity/registeredApp';
import { importCredential, signedInData } from '../../../dev/n8n/sampleContent';
import type { N8nProcess } from '../../../dev/n8n/N8n';
import { Session } from '../../../dev/n8n/Session';
import { acceptance, manyCustomers } from './customers';
import { untilExecuted, type Execution } from './executions';
import { openPlace, OWNER, type Place } from './place';
import { importPortalWorkflow, PORTAL_WORKFLOW, post, publishPortalWorkflow } from './portal';

const tokensSchema = z.object({ access_token: z.string(), refresh_token: z.string() });
const exportedSchema = z.array(
	z.object({ type: z.string(), data: z.object({ oauthTokenData: z.unknown() }) }),
);
const customers = manyCustomers(42);

let place: Place;
let server: N8nProcess;
let session: Session;
let log = '';
let signedIn: z.infer<typeof tokensSchema>;

beforeAll(async () => {
	place = await openPlace({
		emulator: { state: { customers }, switches: { refuseReusedRefreshToken: true } },
		environment: { N8N_LOG_LEVEL: 'debug' },
	});
	const data = await signedInData(place.emulator);
	signedIn = tokensSchema.parse(data.oauthTokenData);
	await importCredential(place.n8n, data);
	await importPortalWorkflow(place);
	({ server, session } = await place.serve());
	await publishPortalWorkflow(server, session);
});
afterAll(() => place.close());

const renewals = () =>
	place.emulator.tokenRequests.filter(({ grantType }) => grantType === 'refresh_token');

async function confirm(from: number, to: number): Promise<unknown[]> {
	const called = customers.slice(from, to);
	const answers = await Promise.all(called.map((customer) => post(server, acceptance(customer))));
	return answers.map(({ body }) => (body as { outcome: unknown }).outcome);
}

const allConfirmed = (count: number) => Array.from({ length: count }, () => 'confirmed');

async function restart(): Promise<void> {
	await server.stop();
	log += server.log;
	server = await place.n8n.start();
	session = await Session.signIn(server.url, OWNER);
	await publishPortalWorkflow(server, session);
}

/** What n8n has stored, decrypted by n8n itself. */
async function stored(): Promise<z.infer<typeof tokensSchema>> {
	const file = join(place.n8n.folder, 'exported.json');
	await place.n8n.succeed(['export:credentials', '--all', '--decrypted', `--output=${file}`]);
	const exported = exportedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
	const ours = exported.find(({ type }) => type === 'microsoftPartnerCenterOAuth2Api');
	return tokensSchema.parse(ours?.data.oauthTokenData);
}

test('it works after a restart of n8n, without a new sign-in', async () => {
	expect(await confirm(0, 1)).toEqual(['confirmed']);
	await restart();
	expect(await confirm(1, 2)).toEqual(['confirmed']);
	expect(renewals()).toEqual([]);
});

test('an access token that expired is renewed once, however many calls notice it', async () => {
	place.emulator.expireAccessTokens();

	expect(await confirm(2, 22)).toEqual(allConfirmed(20));

	expect(renewals().map(({ status }) => status)).toEqual([200]);
});

test('the renewed sign-in is stored: after a restart the old one is not needed', async () => {
	const renewed = await stored();
	expect(renewed.access_token).not.toBe(signedIn.access_token);
	expect(renewed.refresh_token).not.toBe(signedIn.refresh_token);

	await restart();
	expect(await confirm(22, 23)).toEqual(['confirmed']);
	expect(renewals()).toHaveLength(1);

	// The refresh token of the first sign-in has been used: offered again, it would be refused.
	place.emulator.expireAccessTokens();
	expect(await confirm(23, 42)).toEqual(allConfirmed(19));
	expect(renewals().map(({ status }) => status)).toEqual([200, 200]);
	expect((await stored()).refresh_token).not.toBe(renewed.refresh_token);
});

test('tokens and the client secret are in no log, no execution, and not readable in the database', async () => {
	const executions: Execution[] = await untilExecuted(session, PORTAL_WORKFLOW, 20);
	const last = await stored();
	await server.stop();
	log += server.log;
	expect(log).toMatch(/\bdebug\b/);
	const secrets = [
		EMULATOR_CLIENT_SECRET,
		...Object.values(signedIn),
		...Object.values(last),
	].filter((secret) => secret !== 'Bearer');
	const folder = join(place.n8n.folder, '.n8n');
	const database = readdirSync(folder)
		.filter((file) => file.startsWith('database.sqlite'))
		.map((file) => readFileSync(join(folder, file), 'latin1'))
		.join('');

	expect(database).toContain('microsoftPartnerCenterOAuth2Api');
	for (const secret of secrets) {
		expect(secret.length).toBeGreaterThan(20);
		expect(log.includes(secret)).toBe(false);
		expect(database.includes(secret)).toBe(false);
		for (const { text } of executions) expect(text.includes(secret)).toBe(false);
	}
});
