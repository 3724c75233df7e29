/** Attestation → Get Link: the customer's link from an attestation's ID; nothing is sent for it. */
import { open, place } from '../../place';
import { APP_CREDENTIAL, json, pairs } from '../../workplace';

const ID = '0b4c2f6e-3a5d-4c1e-9f7a-2d8e6b1c5a90';
const linkOf = async (...ids: unknown[]) => {
	const { outputs } = await place.run(ids.map((id) => ({ id })) as never, {
		parameters: { resource: 'attestation', operation: 'getLink', attestationId: '={{ $json.id }}' },
		credentials: APP_CREDENTIAL,
		onError: 'continueErrorOutput',
	});
	return outputs;
};

describe('Attestation → Get Link', () => {
	it('builds the link, in any spelling of the ID, without a request', async () => {
		await open();
		const [links, errors] = await linkOf(ID, ` {${ID.toUpperCase()}}`);
		const acceptanceUrl = `${place.emulator.baseUrl}/mca/?attestationid=${ID}`;
		expect(json(links)).toEqual([
			{ attestationId: ID, acceptanceUrl },
			{ attestationId: ID, acceptanceUrl },
		]);
		expect(errors).toEqual([]);
		expect([place.emulator.requests, place.emulator.tokenRequests]).toEqual([[], []]);
	});

	it('refuses what is no ID, such as a link', async () => {
		await open();
		const [links, errors] = await linkOf('', 7, 'https://cdn.partner.microsoft.com/mca/');
		expect(links).toEqual([]);
		expect(pairs(errors)).toEqual([0, 1, 2]);
		expect(json(errors)[2]).toMatchObject({
			error: expect.stringMatching(/^'Attestation ID' is not a GUID/),
			message: expect.stringContaining("Map 'attestationId'"),
		});
	});
});
