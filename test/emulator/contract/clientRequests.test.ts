/** What Microsoft's own clients and others send is taken as they send it. */
import { z } from 'zod';
import { collectionOf } from './support/collections';
import { clientRequest, clientRequestNames, sendAs } from './support/clientRequests';
import { CONTOSO, emulatorForThisFile, json } from './support/emulator';

const harness = emulatorForThisFile();

test.each(clientRequestNames())('%s is answered with success', async (name) => {
	const answer = await sendAs(harness, clientRequest(name));
	expect(answer.data).toMatch(/^\{/);
	expect(Math.floor(answer.status / 100)).toBe(2);
});

test('D1: a confirmation in PascalCase, with null for what was not set, is stored as any other', async () => {
	const answer = await sendAs(harness, clientRequest('dotnet-sdk.confirm'));
	expect(json(answer)).toMatchObject({
		primaryContact: { firstName: 'Tania', lastName: 'Carr', phoneNumber: '1234567890' },
		type: 'MicrosoftCustomerAgreement',
	});
	expect(json(await harness.agreements(CONTOSO))).toMatchObject({ totalCount: 1 });
});

test.each(['dotnet-sdk.customers-filter', 'swagger.customers-filter'])(
	'D4: %s finds the customer, in its own spelling of a filter',
	async (name) => {
		const answer = await sendAs(harness, clientRequest(name));
		expect(collectionOf(answer).items).toMatchObject([{ id: CONTOSO }]);
	},
);

test('parameters of the query are read without case', async () => {
	const answer = await sendAs(harness, clientRequest('swagger.document'));
	expect(json(answer)).toMatchObject({ language: 'de-DE', country: 'DE' });
});

test.each([
	'/v1//customers',
	'/v1/customers/',
	'//v1/customers',
	'/V1/Customers',
	'/v1/customers///',
])('D5: %s is the list of customers', async (path) => {
	const answer = await sendAs(harness, {
		method: 'GET',
		path: `${harness.emulator.baseUrl}${path}`,
	});
	expect(collectionOf(answer).items).toHaveLength(14);
});

test('D15: the relationship link is no customer, however its address is spelled', async () => {
	for (const path of [
		'/v1/customers/relationshipRequests',
		'/v1/customers/RELATIONSHIPREQUESTS/',
	]) {
		const answer = await sendAs(harness, { method: 'GET', path });
		expect([answer.status, json(answer)]).toMatchObject([200, { url: expect.any(String) }]);
	}
	const refused = await sendAs(harness, {
		method: 'POST',
		path: '/v1/customers/relationshiprequests',
	});
	expect(refused.status).toBe(405);
});

describe('an address that nobody is registered for', () => {
	test.each([
		'/v1/servicerequests',
		'/V1/servicerequests',
		'/v2/customers',
		'/v1/customers/a/b/c/d',
	])('D19: %s is answered by the gateway, without a token', async (path) => {
		const answer = await harness.http.get<string>(path);
		expect([answer.status, json(answer)]).toEqual([
			404,
			{ statusCode: 404, message: 'Resource not found' },
		]);
	});

	test.each([
		['DELETE', `/v1/customers/${CONTOSO}/agreements`, 'GET, POST'],
		['PATCH', '/V1/Agreements/', 'GET'],
		['GET', '/v1/domains/contoso.example', 'HEAD'],
	])('D19: %s %s is a verb that it does not take', async (method, path, allowed) => {
		const answer = await harness.call({ method, url: path });
		expect(answer.status).toBe(405);
		expect(answer.headers['allow']).toBe(allowed);
		expect(json(answer)).toEqual({ statusCode: 405, message: expect.stringContaining(method) });
	});

	test('D19: and that cannot be decoded is answered in the same form', async () => {
		const answer = await harness.call({ url: '/v1/customers/%zz' });
		expect(z.object({ statusCode: z.literal(400) }).parse(json(answer))).toBeDefined();
		expect(answer.data).not.toContain('FST_');
	});
});

test('D20: an answer to HEAD says that there is no body', async () => {
	const answer = await harness.call({ method: 'HEAD', url: '/v1/domains/contoso.example' });
	expect(answer.headers['content-length']).toBe('0');
});
