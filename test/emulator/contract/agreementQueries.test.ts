/** What Partner Center tells about templates, agreements and customers. */
import { documentedTemplates } from '../../../dev/emulator/templates';
import { CONTOSO, FABRIKAM, UNKNOWN_CUSTOMER, emulatorForThisFile, json } from './support/emulator';
import { documented } from './support/fixtures';

const harness = emulatorForThisFile();
const HUMONGOUS = 'e74958fa-f6e2-4365-9a84-9e6b61ec55e9';
const metadata = async (agreementType?: string) =>
	await harness.call({ url: '/v1/agreements', params: { agreementType } });

describe('agreement metadata', () => {
	test('of the Customer Agreement is the documented answer', async () => {
		const answer = await metadata('MicrosoftCustomerAgreement');
		expect(answer.status).toBe(200);
		expect(answer.data).toBe(JSON.stringify(documented.mcaMetadata));
	});

	test.each([undefined, 'MicrosoftCloudAgreement'])(
		'asked for with type %p is the documented Cloud Agreement',
		async (agreementType) => {
			harness.emulator.switches.linkPrefix = 'none';
			expect((await metadata(agreementType)).data).toBe(JSON.stringify(documented.cloudMetadata));
		},
	);

	test('of all types has both templates', async () => {
		expect(json(await metadata('*'))).toMatchObject({
			totalCount: 2,
			items: [documented.mcaMetadata.items[0], documented.cloudMetadata.items[0]],
		});
	});

	test('of a type that does not exist is refused', async () => {
		const answer = await metadata('MicrosoftOnlineServicesAgreement');
		expect(answer.status).toBe(400);
		expect(json(answer)).toMatchObject({ code: 3000, data: ['agreementType'] });
	});

	test('lists every version of a template that was seeded', async () => {
		const newer = {
			templateId: '22222222-9360-443b-8795-c6dedc750cf9',
			agreementType: 'MicrosoftCustomerAgreement',
			agreementLink: 'https://aka.ms/customeragreement',
			versionRank: 1,
		} as const;
		harness.emulator.seed({ customers: [], templates: [...documentedTemplates, newer] });
		expect(json(await metadata('MicrosoftCustomerAgreement'))).toMatchObject({
			totalCount: 2,
			items: [{ versionRank: 0 }, newer],
		});
	});
});

describe("a customer's agreements", () => {
	test('are the documented answer', async () => {
		harness.emulator.seed({
			customers: [
				{
					id: CONTOSO,
					companyName: 'Contoso',
					domain: 'contoso.onmicrosoft.com',
					agreements: documented.customerAgreements.items.map(({ primaryContact, dateAgreed }) => ({
						primaryContact,
						dateAgreed,
					})),
				},
			],
		});
		expect((await harness.agreements(CONTOSO)).data).toBe(
			JSON.stringify(documented.customerAgreements),
		);
	});

	test('are only the Cloud Agreements when no type is asked for', async () => {
		const answer = await harness.call({ url: `/v1/customers/${HUMONGOUS}/agreements` });
		expect(json(answer)).toMatchObject({
			totalCount: 1,
			items: [{ type: 'MicrosoftCloudAgreement' }],
		});
	});

	test('are of every type when all are asked for', async () => {
		expect(json(await harness.agreements(HUMONGOUS, '*'))).toMatchObject({ totalCount: 2 });
	});

	test('are an empty list when nothing was confirmed', async () => {
		const answer = await harness.agreements(CONTOSO);
		expect(answer.status).toBe(200);
		expect(json(answer)).toEqual({ totalCount: 0, items: [] });
	});

	test('of a type that does not exist are refused', async () => {
		expect((await harness.agreements(FABRIKAM, 'nonsense')).status).toBe(400);
	});

	test('leave the phone number out where there is none', async () => {
		const answer = await harness.agreements(HUMONGOUS);
		expect(answer.data).not.toContain('phoneNumber');
	});
});

describe('a customer', () => {
	test('is described with its company and its relationship', async () => {
		const answer = await harness.call({ url: `/v1/customers/${FABRIKAM}` });
		expect(json(answer)).toMatchObject({
			id: FABRIKAM,
			companyProfile: {
				tenantId: FABRIKAM,
				domain: 'fabrikam.onmicrosoft.com',
				companyName: 'Fabrikam',
			},
			relationshipToPartner: 'reseller',
			attributes: { objectType: 'Customer' },
		});
	});

	test('that does not exist is not found', async () => {
		const answer = await harness.call({ url: `/v1/customers/${UNKNOWN_CUSTOMER}` });
		expect(answer.status).toBe(404);
	});
});
