/** Whether a domain is taken: a status, and nothing else. */
import { UNKNOWN_CUSTOMER, emulatorForThisFile } from './support/emulator';

const harness = emulatorForThisFile();
const check = async (domain: string) =>
	await harness.call({ method: 'HEAD', url: `/v1/domains/${domain}` });

test.each([
	['contoso.onmicrosoft.com', 200],
	['CONTOSO.OnMicrosoft.com', 200],
	['samplepartner.onmicrosoft.com', 200],
	['alpineskihouse.onmicrosoft.com', 200],
	['nobody.onmicrosoft.com', 404],
	['contoso', 404],
])('%s is answered with %d and no body', async (domain, status) => {
	const answer = await check(domain);
	expect(answer.status).toBe(status);
	expect(answer.data).toBe('');
	expect(answer.headers).not.toHaveProperty('content-type');
	expect(answer.headers['ms-requestid']).toMatch(/./);
});

test('a domain is taken once its customer was added', async () => {
	expect((await check('new.onmicrosoft.com')).status).toBe(404);
	harness.emulator.addCustomer({
		id: UNKNOWN_CUSTOMER,
		companyName: 'New',
		domain: 'new.onmicrosoft.com',
	});
	expect((await check('new.onmicrosoft.com')).status).toBe(200);
});

test('a domain cannot be read, only asked for', async () => {
	const answer = await harness.call({ url: '/v1/domains/contoso.onmicrosoft.com' });
	expect(answer.status).toBe(405);
});
