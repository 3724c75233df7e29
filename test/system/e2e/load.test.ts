/** What n8n makes of the packed package when it starts. */
import { CREDENTIAL, importCredential, signedInData } from '../../../dev/n8n/sampleContent';
import type { N8nProcess } from '../../../dev/n8n/N8n';
import type { Session } from '../../../dev/n8n/Session';
import { openPlace, START_TIMEOUT, type Place } from './place';
import { credentialTypes, nodeTypes } from './typeFiles';

const PACKAGE = 'n8n-nodes-microsoft-partner-center';

let place: Place;
let server: N8nProcess;
let session: Session;

beforeAll(async () => {
	place = await openPlace();
	await importCredential(place.n8n, await signedInData(place.emulator));
	({ server, session } = await place.serve());
}, START_TIMEOUT);
afterAll(() => place.close());

test('n8n says nothing against the package, and knows its credential', async () => {
	expect(await session.call('GET', '/credentials')).toEqual([
		expect.objectContaining({ name: CREDENTIAL.name }),
	]);
	// n8n itself lies in a folder of that name.
	const own = /\S*[\\/]n8n-nodes-microsoft-partner-center[\\/]n8n-\d\S*/g;
	const aboutUs = server.log
		.split('\n')
		.filter((line) => /partner-?center/i.test(line.replace(own, '')));
	expect(aboutUs).toEqual([]);
});

test('the editor is offered the node, its tool and the trigger, and no more', async () => {
	const types = (await nodeTypes(session)).filter(({ name }) => name.startsWith(PACKAGE));

	expect(
		types.map(({ name, displayName }) => [name.replace(`${PACKAGE}.`, ''), displayName]),
	).toEqual(
		expect.arrayContaining([
			['microsoftPartnerCenter', 'Microsoft Partner Center'],
			['microsoftPartnerCenterTool', 'Microsoft Partner Center Tool'],
			['microsoftPartnerCenterTrigger', 'Microsoft Partner Center Trigger'],
		]),
	);
	// n8n 2.x makes a second tool of each, which asks a human first.
	const others = types.filter(({ name }) => !/Center(Tool|HitlTool|Trigger)?$/.test(name));
	expect(others).toEqual([]);
});

test('the credential is for the node and the trigger', async () => {
	const type = (await credentialTypes(session)).find(
		({ name }) => name === 'microsoftPartnerCenterOAuth2Api',
	);

	expect(type).toMatchObject({ displayName: 'Microsoft Partner Center OAuth2 API' });
	expect(type?.supportedNodes).toEqual(
		expect.arrayContaining([
			`${PACKAGE}.microsoftPartnerCenter`,
			`${PACKAGE}.microsoftPartnerCenterTrigger`,
		]),
	);
});

test('every icon is served, for light and for dark', async () => {
	const types = [
		...(await nodeTypes(session)).filter(({ name }) => name.startsWith(PACKAGE)),
		...(await credentialTypes(session)).filter(({ name }) =>
			name.startsWith('microsoftPartnerCenter'),
		),
	];
	for (const { name, iconUrl } of types) {
		if (iconUrl === undefined || typeof iconUrl === 'string') {
			throw new Error(`${name} has no icons for light and dark: ${String(iconUrl)}`);
		}
		for (const address of [iconUrl.light, iconUrl.dark]) {
			const { status, type, text } = await session.file(`/${address}`);
			expect([address, status, type]).toEqual([
				address,
				200,
				expect.stringContaining('image/svg+xml'),
			]);
			expect(text).toContain('<svg');
		}
		expect(iconUrl.light).not.toBe(iconUrl.dark);
	}
});
