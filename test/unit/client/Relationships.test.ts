/** The link for a customer, and the indirect resellers of a provider. */
import { clientThatGets } from '../../support/clientThatGets';
import { CORRELATION_ID } from '../../support/fixtures/documented';
import { inWords } from '../../support/inWords';

const call = { correlationId: CORRELATION_ID, timeout: 60_000, maxRetries: 0 };
const RESELLER = 'b01b1487-b36e-4e6d-9b5e-0b58974c4b28';
/** https://learn.microsoft.com/partner-center/developer/request-reseller-relationship */
const link = {
	url: 'https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=1&msppId=0&DAP=false#/BillingAccounts/partner-invitation',
	attributes: { objectType: 'RelationshipRequest' },
};

describe('the link of a relationship request', () => {
	it('is asked for without anything, or for an indirect reseller', async () => {
		const { client, sent } = clientThatGets({ body: JSON.stringify(link) });
		await expect(client.relationships.getLink({}, call)).resolves.toBe(link.url);
		await client.relationships.getLink({ indirectResellerId: RESELLER }, call);
		expect(sent.map(({ path }) => path)).toEqual([
			'/v1/customers/relationshiprequests',
			`/v1/customers/relationshiprequests?indirectResellerId=${RESELLER}`,
		]);
	});

	it('is not the customer that was not found', async () => {
		const { client } = clientThatGets({ status: 404 });
		const asking = inWords(client.relationships.getLink({}, call));
		await expect(asking).rejects.toThrow('Partner Center did not find what was asked for');
	});
});

it('lists indirect resellers over pages, each once', async () => {
	const reseller = { id: RESELLER, name: 'ReleCloud', mpnId: '4847433', location: 'BR' };
	const next = { uri: '/relationships?relationship_type=x&seekOperation=Next', headers: [] };
	const pages = [
		{ totalCount: 1, items: [reseller], links: { next } },
		{ totalCount: 1, items: [{ ...reseller, id: '484e548c-f5f3-4528-93a9-c16c6373cb59' }] },
	];
	const { client } = clientThatGets(...pages.map((body) => ({ body })));
	const ids: string[] = [];
	for await (const { id } of client.relationships.listIndirectResellers(call)) ids.push(id);
	expect(ids).toEqual([RESELLER, '484e548c-f5f3-4528-93a9-c16c6373cb59']);
});

it('reads whether a reseller signed, by partner ID or by tenant', async () => {
	const { client, sent } = clientThatGets({ body: '{"isAgreementSigned":true}' });
	const { relationships } = client;
	await expect(relationships.hasSignedPartnerAgreement({ mpnId: '1234567' }, call)).resolves.toBe(
		true,
	);
	await relationships.hasSignedPartnerAgreement({ tenantId: RESELLER }, call);
	expect(sent.map(({ path }) => path)).toEqual([
		'/v1/compliance/csp/agreementstatus?mpnId=1234567',
		`/v1/compliance/csp/agreementstatus?tenantId=${RESELLER}`,
	]);
});
