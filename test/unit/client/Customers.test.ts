/** A customer by its domain, where what is listed is incomplete. */
import { clientThatGets } from '../../support/clientThatGets';
import { CORRELATION_ID } from '../../support/fixtures/documented';
import { inWords } from '../../support/inWords';
import { companyNameOf, domainOf } from '../../../nodes/MicrosoftPartnerCenter/client/Customers';

const call = { correlationId: CORRELATION_ID, timeout: 60_000, maxRetries: 0 };
const findIn = (...bodies: object[]) => {
	const { client } = clientThatGets(...bodies.map((body) => ({ body })));
	return inWords(client.customers.findByDomain('contoso.com', call));
};

it('a customer without a profile has no domain and no name', () => {
	expect([domainOf({ id: 'a' }), companyNameOf({ id: 'a' })]).toEqual(['', undefined]);
});

describe('customers without a company profile', () => {
	const bare = { id: '00000000-0000-4000-8000-000000000001' };
	const nameless = {
		...bare,
		companyProfile: { domain: 'contoso.com.example', companyName: null },
	};
	const find = (items: object[]) => findIn({ items }, { items }, items[0] ?? {});

	it('are not taken for the one that is looked for', async () => {
		await expect(find([bare])).rejects.toThrow('No customer has the domain "contoso.com"');
	});

	it('are found by a custom domain, listed twice or not', async () => {
		const listed = { ...bare, companyProfile: { domain: 'contoso.onmicrosoft.com' } };
		const whole = { ...listed, customDomains: ['www.contoso.com', 'Contoso.com', 7] };
		const items = [listed, { ...listed, id: listed.id.toUpperCase() }];
		const found = findIn({ items: [] }, { items }, whole);
		await expect(found).resolves.toMatchObject({ companyProfile: listed.companyProfile });
	});

	it('are one customer where a list holds one twice with the same domain', async () => {
		const listed = { ...bare, companyProfile: { domain: 'contoso.com' } };
		const found = find([listed, listed, nameless]);
		await expect(found).resolves.toMatchObject(listed);
	});

	it('are offered by what there is of them', async () => {
		await expect(find([nameless])).rejects.toMatchObject({
			advice: expect.stringContaining(`contoso.com.example (no name, ${bare.id})`),
		});
	});
});

describe('the verification of an account', () => {
	const ID = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
	const verify = (answer: object) => {
		const { client } = clientThatGets(answer);
		return inWords(client.customers.getAccountVerification(ID, call));
	};

	it('is the status that Partner Center gives, also one that is new', async () => {
		for (const status of ['Allowed', 'UnderReview', 'SomethingNew']) {
			const body = JSON.stringify({ type: 'account', status, lastUpdateDateTime: '' });
			await expect(verify({ body })).resolves.toBe(status);
		}
	});

	it('is none where the account has no status', async () => {
		const body = JSON.stringify({ code: 600074, errorName: 'AccountStatusNotFound' });
		await expect(verify({ status: 404, body })).resolves.toBeNull();
	});

	it('is an error where it may not be read, or the customer is not known', async () => {
		await expect(verify({ status: 404, body: '{"code":1000}' })).rejects.toThrow(
			'Partner Center does not know this customer',
		);
		await expect(verify({ status: 403 })).rejects.toThrow('does not let this user');
	});
});
