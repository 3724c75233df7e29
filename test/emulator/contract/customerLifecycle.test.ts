/**
 * A customer from its creation to its end, and the profiles, compared with the examples that Microsoft
 * documents. Each `describe` is a page below https://learn.microsoft.com/partner-center/developer/.
 */
import companyProfile from '../../support/fixtures/partner-center/company-profile.response.json';
import createRequest from '../../support/fixtures/partner-center/create-customer.request.json';
import createResponse from '../../support/fixtures/partner-center/create-customer.response.json';
import customerResponse from '../../support/fixtures/partner-center/customer.response.json';
import legalProfile from '../../support/fixtures/partner-center/legal-business-profile.response.json';
import mpnProfile from '../../support/fixtures/partner-center/mpn-profile.response.json';
import {
	ALPINE_WITHOUT_RELATIONSHIP,
	CONTOSO,
	emulatorForThisFile,
	json,
	UNKNOWN_CUSTOMER,
} from './support/emulator';
import { shapeOf } from './support/shapeOf';

// The older examples show links without a prefix.
const harness = emulatorForThisFile({ switches: { linkPrefix: 'none' } });
const get = async (url: string) => await harness.call({ url });
const create = async (body: unknown, headers: Record<string, string> = {}) =>
	await harness.call({
		method: 'POST',
		url: '/v1/customers',
		data: JSON.stringify(body),
		headers: { 'Content-Type': 'application/json', ...headers },
	});
const idOf = (body: unknown) => (body as { id: string }).id;

/** The example's customer, as it is kept. */
const exampleProfile = customerResponse.companyProfile;
const seedOfExample = {
	id: customerResponse.id,
	companyName: exampleProfile.companyName,
	domain: exampleProfile.domain,
	email: exampleProfile.email,
	address: { ...customerResponse.billingProfile.defaultAddress, region: 'wa' },
};

describe('get-a-customer-by-id', () => {
	it('shows address, names and mail as the example does', async () => {
		harness.emulator.seed({ customers: [seedOfExample] });
		const body = json(await get(`/v1/customers/${customerResponse.id}`));
		expect(shapeOf(body)).toMatchObject({
			companyProfile: shapeOf(customerResponse.companyProfile),
		});
		expect(body).toMatchObject({ companyProfile: customerResponse.companyProfile });
		const { firstName, lastName, email, culture, language, companyName, links, defaultAddress } =
			customerResponse.billingProfile;
		expect(body).toMatchObject({
			billingProfile: {
				...{ firstName, lastName, email, culture, language, companyName, links },
				defaultAddress: { ...defaultAddress, region: 'wa' },
			},
		});
	});

	it('D16: its own links lead to its profiles, which say the same', async () => {
		harness.emulator.seed({ customers: [seedOfExample] });
		const customer = json(await get(`/v1/customers/${customerResponse.id}`)) as {
			companyProfile: { links: { self: { uri: string } } };
			billingProfile: { links: { self: { uri: string } } };
		};
		for (const profile of [customer.companyProfile, customer.billingProfile]) {
			const answer = await get(`/v1${profile.links.self.uri}`);
			expect(answer.status).toBe(200);
			expect(json(answer)).toEqual(profile);
		}
	});
});

describe('get-a-customer-s-company-profile', () => {
	it('is the example, property by property', async () => {
		const { tenantId, domain, companyName, email, address } = companyProfile;
		harness.emulator.seed({ customers: [{ id: tenantId, domain, companyName, email, address }] });
		const answer = await get(`/v1/customers/${tenantId}/profiles/company`);
		expect(answer.data).toBe(JSON.stringify(companyProfile));
	});

	it('is for a signed-in user, and for a customer of one’s own', async () => {
		const url = (id: string) => `/v1/customers/${id}/profiles/company`;
		expect((await harness.call({ url: url(CONTOSO) }, { kind: 'app' })).status).toBe(403);
		expect((await get(url(UNKNOWN_CUSTOMER))).status).toBe(404);
		expect((await get(url(ALPINE_WITHOUT_RELATIONSHIP))).status).toBe(403);
	});
});

describe('create-a-customer', () => {
	it('answers the example’s request with the example’s answer', async () => {
		const answer = await create(createRequest);
		expect(answer.status).toBe(201);
		const body = json(answer);
		expect(shapeOf(body)).toEqual(shapeOf(createResponse));
		const { email, culture, language, companyName, defaultAddress } = createResponse.billingProfile;
		expect(body).toMatchObject({
			companyProfile: { tenantId: idOf(body), domain: 'xyz.ccsctp.net' },
			billingProfile: { email, culture, language, companyName, defaultAddress },
			relationshipToPartner: 'none',
			userCredentials: { userName: 'admin' },
		});
	});

	it('the customer is there then, its domain is taken, and the log tells of it', async () => {
		const id = idOf(json(await create(createRequest)));
		expect(json(await get(`/v1/customers/${id}`))).toMatchObject({
			relationshipToPartner: 'reseller',
			companyProfile: { companyName: 'test company' },
		});
		const domain = { method: 'HEAD', url: '/v1/domains/xyz.ccsctp.net' };
		expect((await harness.call(domain)).status).toBe(200);
		expect((await create(createRequest)).status).toBe(400);
		expect(harness.emulator.audit.records).toMatchObject([
			{ operationType: 'add_customer', customerId: id },
		]);
	});

	it('the same MS-RequestId creates one customer', async () => {
		const headers = { 'MS-RequestId': '94e4e214-6b06-4fb7-96d1-94d559f9b47f' };
		const first = await create(createRequest, headers);
		expect((await create(createRequest, headers)).data).toBe(first.data);
		expect(harness.emulator.state.customers).toHaveLength(15);
	});

	it.each(['Email', 'Culture', 'Language', 'CompanyName', 'DefaultAddress'])(
		'refuses a billing profile without %s',
		async (name) => {
			const BillingProfile = { ...createRequest.BillingProfile, [name]: null };
			const answer = await create({ ...createRequest, BillingProfile });
			expect(answer.status).toBe(400);
			expect(answer.data.toLowerCase()).toContain(`billingprofile.${name.toLowerCase()}`);
		},
	);

	it('asks for the registration number where the page says so', async () => {
		const { BillingProfile } = createRequest;
		const inHungary = {
			...BillingProfile,
			DefaultAddress: { ...BillingProfile.DefaultAddress, Country: 'HU' },
		};
		const refused = await create({ ...createRequest, BillingProfile: inHungary });
		expect([refused.status, refused.data]).toEqual([400, expect.stringContaining('600049')]);
		const numbered = { Domain: 'xyz.ccsctp.net', OrganizationRegistrationNumber: '12345678-2-42' };
		const created = await create({ CompanyProfile: numbered, BillingProfile: inHungary });
		expect(created.status).toBe(201);
	});
});

describe('delete-a-customer-account-from-the-integration-sandbox', () => {
	const deletion = { method: 'DELETE', url: `/v1/customers/${CONTOSO}` };

	it('answers 204 without a body, and the customer is gone', async () => {
		const answer = await harness.call(deletion);
		expect([answer.status, answer.data]).toEqual([204, '']);
		expect((await get(`/v1/customers/${CONTOSO}`)).status).toBe(404);
		expect((await harness.call(deletion)).status).toBe(404);
		expect(harness.emulator.audit.records).toMatchObject([
			{ operationType: 'delete_customer', customerId: CONTOSO },
		]);
	});
});

describe('get-legal-business-profile', () => {
	it('has the properties of the example', async () => {
		const body = json(await get('/v1/profiles/legalbusiness'));
		expect(shapeOf(body)).toEqual(shapeOf(legalProfile));
		expect(body).toMatchObject({ companyName: legalProfile.companyName });
	});
});

describe('get-partner-by-mpn-id', () => {
	it('is the example without an id, and with one’s own', async () => {
		for (const url of ['/v1/profiles/mpn', '/v1/profiles/mpn?mpnId=4391507']) {
			expect((await get(url)).data).toBe(JSON.stringify(mpnProfile));
		}
	});

	it('an unknown id is answered as in the example of a failure', async () => {
		const answer = await get('/v1/profiles/mpn?mpnId=9999999');
		expect(answer.status).toBe(404);
		expect(json(answer)).toMatchObject({
			description: 'Partner Organization with partner_id 9999999 could not be found',
			data: [],
		});
	});
});

describe('the control call that changes a relationship', () => {
	const change = async (id: string, relationshipToPartner: string) =>
		await harness.http.put<string>(
			`/_emulator/customers/${id}/relationship`,
			JSON.stringify({ relationshipToPartner }),
		);

	it('lets a customer accept the link, and end the relationship', async () => {
		const url = `/v1/customers/${ALPINE_WITHOUT_RELATIONSHIP}`;
		expect((await get(url)).status).toBe(403);
		expect((await change(ALPINE_WITHOUT_RELATIONSHIP, 'reseller')).status).toBe(200);
		expect((await get(url)).status).toBe(200);
		await change(ALPINE_WITHOUT_RELATIONSHIP, 'none');
		expect((await get(url)).status).toBe(403);
		expect(harness.emulator.audit.records.map(({ operationType }) => operationType)).toEqual([
			'create_partner_relationship',
			'remove_partner_customer_relationship',
		]);
	});

	it('refuses an unknown customer and another relationship', async () => {
		expect((await change(UNKNOWN_CUSTOMER, 'reseller')).status).toBe(404);
		expect((await change(CONTOSO, 'friend')).status).toBe(400);
	});
});
