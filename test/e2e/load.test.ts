import { CREDENTIAL, importCredential, signedInData } from '../../editor/sampleContent';
import { openPlace, START_TIMEOUT, type Place } from './place';

let place: Place;

beforeAll(async () => {
	place = await openPlace();
	await importCredential(place.n8n, await signedInData(place.emulator));
}, START_TIMEOUT);
afterAll(() => place.close());

test(
	'n8n loads the package, says nothing against it, and knows its credential',
	async () => {
		const { server, session } = await place.serve();

		const nodes = await session.call('GET', '/credentials');

		expect(nodes).toEqual([expect.objectContaining({ name: CREDENTIAL.name })]);
		const aboutUs = server.log.split('\n').filter((line) => /partner-?center/i.test(line));
		expect(aboutUs).toEqual([]);
	},
	START_TIMEOUT,
);
