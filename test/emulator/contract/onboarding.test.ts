/**
 * The calls around a new customer, compared with the examples that Microsoft documents. Each example
 * names its page below https://learn.microsoft.com/partner-center/developer/.
 */
import {
	ALPINE_WITHOUT_RELATIONSHIP,
	CONTOSO,
	emulatorForThisFile,
	json,
	UNKNOWN_CUSTOMER,
} from './support/emulator';
import { shapeOf } from './support/shapeOf';

const harness = emulatorForThisFile();
const get = async (url: string) => await harness.call({ url });

describe('retrieve-validation-status', () => {
	const url = `/v1/customers/${CONTOSO}/validationStatus`;

	it.each(['Allowed', 'UnderReview', 'NotAllowed', 'Unknown', 'NotReady'])(
		'an account that is %s',
		async (accountVerification) => {
			Object.assign(harness.emulator.state.customers[0] ?? {}, { accountVerification });
			const answer = await get(`${url}?type=account`);
			expect(answer.status).toBe(200);
			const example = { type: 'account', status: 'Allowed', lastUpdateDateTime: '' };
			expect(json(answer)).toEqual({ ...example, status: accountVerification });
		},
	);

	it('an account without a status', async () => {
		const answer = await get(`${url}?type=account`);
		expect(answer.status).toBe(404);
		expect(json(answer)).toEqual({
			code: 600074,
			message: `Account Status for the customer, ${CONTOSO} was not found.`,
			description: `Account Status for the customer, ${CONTOSO} was not found.`,
			errorName: 'AccountStatusNotFound',
			isRetryable: false,
			errorMessageExtended: 'InternalErrorCode=600074',
		});
	});

	it('another type, an unknown customer, and one without a relationship are refused', async () => {
		const statusOf = async (path: string) => (await get(path)).status;
		expect(await statusOf(`${url}?type=address`)).toBe(400);
		expect(await statusOf(`/v1/customers/${UNKNOWN_CUSTOMER}/validationStatus?type=account`)).toBe(
			404,
		);
		expect(
			await statusOf(`/v1/customers/${ALPINE_WITHOUT_RELATIONSHIP}/validationStatus?type=account`),
		).toBe(403);
	});
});

describe('request-reseller-relationship', () => {
	/** The example's ids stand for one's own. */
	const EXAMPLE =
		/^https:\/\/admin\.microsoft\.com\/Adminportal\/Home\?invType=ResellerRelationship&partnerId=[0-9a-f-]{36}&msppId=0&DAP=false(&indirectCSPId=[0-9a-f-]{36})?#\/BillingAccounts\/partner-invitation$/;

	it('is a link to accept the relationship', async () => {
		const answer = await get('/v1/customers/relationshiprequests');
		expect(answer.status).toBe(200);
		expect(json(answer)).toEqual({
			url: expect.stringMatching(EXAMPLE),
			attributes: { objectType: 'RelationshipRequest' },
		});
	});

	it('for an indirect reseller, whose id is a GUID', async () => {
		const answer = await get(`/v1/customers/relationshiprequests?indirectResellerId=${CONTOSO}`);
		expect(json(answer)).toMatchObject({ url: expect.stringContaining(CONTOSO) });
		const wrong = await get('/v1/customers/relationshiprequests?indirectResellerId=1');
		expect(wrong.status).toBe(400);
	});

	it('an app alone can’t ask for it', async () => {
		const url = '/v1/customers/relationshiprequests';
		expect((await harness.call({ url }, { kind: 'app' })).status).toBe(403);
	});
});

describe('retrieve-a-list-of-indirect-resellers', () => {
	const url = '/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf';
	const reseller = {
		id: 'b01b1487-b36e-4e6d-9b5e-0b58974c4b28',
		name: 'ReleCloud',
		mpnId: '4847433',
		location: 'BR',
	};
	/** One of the two items of the example. */
	const example = {
		...reseller,
		relationshipType: 'is_indirect_cloud_solution_provider_of',
		state: 'Active',
		attributes: { objectType: 'PartnerRelationship' },
	};

	it('lists them as the example does, in pages', async () => {
		const second = { ...reseller, id: CONTOSO, name: 'First Up Consultants' };
		harness.emulator.state.indirectResellers.push(
			...[reseller, second].map((one) => ({ ...one, state: 'Active', agreementSigned: true })),
		);
		const all = json(await get(url));
		expect(all).toMatchObject({ items: [example, { ...example, id: CONTOSO, name: second.name }] });
		expect(shapeOf(all)).toMatchObject({
			totalCount: 'number',
			attributes: { objectType: 'string' },
		});
		const page = json(await get(`${url}&size=1`));
		expect(page).toMatchObject({ items: [{ id: reseller.id }], links: { next: {} } });
	});

	it('another type of relationship is refused', async () => {
		expect((await get('/v1/relationships?relationship_type=x')).status).toBe(400);
	});
});

describe('verify-indirect-reseller-mpa-status', () => {
	const url = '/v1/compliance/csp/agreementstatus';

	it.each(['mpnId=4847433', 'mpnid=4847433', `tenantId=${CONTOSO}`])('by %s', async (query) => {
		harness.emulator.state.indirectResellers.push({
			id: CONTOSO,
			name: 'ReleCloud',
			mpnId: '4847433',
			location: 'BR',
			state: 'Active',
			agreementSigned: true,
		});
		expect(json(await get(`${url}?${query}`))).toEqual({ isAgreementSigned: true });
	});

	it.each([
		['tenantId=1', 2000, 'Tenant Id must be a GUID.'],
		['mpnId=x', 2000, 'MPN Id must be numeric.'],
		['', 2001, 'Both MPN Id and Tenant Id cannot be empty.'],
		[`mpnId=1&tenantId=${CONTOSO}`, 2000, 'Both MPN Id and Tenant Id should not be passed.'],
	])('refuses "%s" with %d', async (query, code, description) => {
		const answer = await get(`${url}?${query}`);
		expect(answer.status).toBe(400);
		expect(json(answer)).toMatchObject({ code, description, data: [] });
	});
});

describe('validate-an-address', () => {
	const redmond = { city: 'Redmond', state: 'WA', postalCode: '98052', country: 'US' };
	const validate = async (data: object) =>
		await harness.call({
			method: 'POST',
			url: '/v1/validations/address',
			data: JSON.stringify(data),
			headers: { 'Content-Type': 'application/json' },
		});

	it('VerifiedShippable, with the names as the example sends them', async () => {
		const answer = await validate({
			AddressLine1: '1 Microsoft Way',
			City: 'Redmond',
			State: 'WA',
			PostalCode: '98052',
			Country: 'US',
		});
		expect(json(answer)).toEqual({
			originalAddress: { ...redmond, addressLine1: '1 Microsoft Way' },
			suggestedAddresses: [
				{ ...redmond, addressLine1: '1 Microsoft Way', postalCode: '98052-8300' },
			],
			status: 'VerifiedShippable',
		});
	});

	it('StreetPartial', async () => {
		const answer = await validate({ addressLine1: 'Microsoft Way', ...redmond });
		expect(json(answer)).toEqual({
			originalAddress: { ...redmond, addressLine1: 'Microsoft Way' },
			suggestedAddresses: [
				{ ...redmond, addressLine1: '1 Microsoft Way', postalCode: '98052-6399' },
			],
			status: 'StreetPartial',
			validationMessage: "Address field invalid for property: 'Region', 'PostalCode', 'City'",
		});
	});

	it('an address without a city or a country is refused', async () => {
		const answer = await validate({ addressLine1: '1 Microsoft Way' });
		expect(answer.status).toBe(400);
		expect(json(answer)).toMatchObject({ data: ['city', 'country'] });
	});
});
