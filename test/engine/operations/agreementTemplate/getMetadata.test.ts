import { open, place } from '../../place';
import { json, pairs } from '../../workplace';
import { metadataResponseBody } from '../../../support/fixtures/documented';

beforeEach(async () => {
	await open();
});

const CLOUD = {
	templateId: '998b88de-aa99-4388-a42c-1b3517d49490',
	agreementType: 'MicrosoftCloudAgreement',
	agreementLink: 'https://docs.microsoft.com/partner-center/agreements',
	versionRank: 0,
};
const [CUSTOMER] = metadataResponseBody.items;
const run = (agreementType: string | undefined, records = [{}], settings = {}) =>
	place.run(records, {
		...settings,
		parameters: {
			resource: 'agreementTemplate',
			operation: 'getMetadata',
			...(agreementType === undefined ? {} : { agreementType }),
			options: { maxRetries: 0 },
		},
	});

describe('Get MCA Metadata', () => {
	it.each([
		['the Customer Agreement by default', undefined, [CUSTOMER]],
		['the Customer Agreement', 'MicrosoftCustomerAgreement', [CUSTOMER]],
		['the Cloud Agreement', 'MicrosoftCloudAgreement', [CLOUD]],
		['all types', '*', expect.arrayContaining([CUSTOMER, CLOUD])],
	])('gives an item for each template: %s', async (_what, type, expected) => {
		const { outputs } = await run(type);
		expect(outputs).toHaveLength(1);
		expect(json(outputs[0])).toEqual(expected);
	});

	it('asks once, and pairs its items with each input', async () => {
		const { outputs } = await run(undefined, [{}, {}, {}]);
		expect(pairs(outputs[0])).toEqual([0, 1, 2]);
		const calls = place.emulator.requests.filter(({ path }) => path.startsWith('/v1'));
		expect(calls.map(({ path }) => path)).toEqual([
			'/v1/agreements?agreementType=MicrosoftCustomerAgreement',
		]);
	});

	it('has one output, and the error output as its second', async () => {
		place.emulator.faults.script([{ what: 'status-500' }]);
		const { outputs } = await run(undefined, [{ id: 7 }], { onError: 'continueErrorOutput' });
		expect(outputs).toHaveLength(2);
		expect(outputs[0]).toEqual([]);
		expect(json(outputs[1])).toMatchObject([
			{ id: 7, error: 'Partner Center could not process the request [Item 0]' },
		]);
	});
});
