/** Attestations: whatever is answered is handed on, and what may have been created is said. */
import {
	acceptanceUrlOf,
	attestationIdIn,
} from '../../../nodes/MicrosoftPartnerCenter/client/Attestations';
import type { HttpResponse } from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { ID, call, clientThatAnswers, refusalOf } from '../../support/refusals';

describe('an attestation', () => {
	const wanted = {
		...{ country: 'NL', language: 'nl-NL', companyName: 'Contoso' },
		...{ signatoryFirstName: 'Tania', signatoryLastName: 'Carr' },
	};
	const create = (answer: Partial<HttpResponse>) =>
		clientThatAnswers(answer, true).attestations.create('1', wanted, {}, call);

	it.each([
		['an object', { status: 201, body: '{"id": "a", "more": [1]}' }, { id: 'a', more: [1] }],
		['a text in JSON', { status: 200, body: '"a1"' }, 'a1'],
		['a bare text', { status: 201, body: 'a1' }, 'a1'],
		['nothing', { status: 202, body: '' }, undefined],
	])('is created, whatever the answer: %s', async (_what, answer, expected) => {
		const created = await create({ ...answer, headers: { location: '/v1/attestations/a1' } });
		expect(created).toMatchObject({ requestId: ID, location: '/v1/attestations/a1' });
		expect(created.answer).toEqual(expected);
	});

	it.each([
		['a web page', { status: 200, body: '<html>' }],
		['JSON that breaks off', { status: 201, body: '{"id": "a' }],
		['a server out of order', { status: 503 }],
	])(
		'that ends in %s may have been created, and a second one is warned of',
		async (_what, answer) => {
			const { advice, inDoubt } = await refusalOf(create(answer));
			expect(advice).toMatch(
				/Whether the attestation was created is not known\. .* a second one\./,
			);
			expect(inDoubt).toBe(true);
		},
	);

	it.each([
		['a web page', '<html>Sign in to the Wi-Fi</html>'],
		['JSON that breaks off', '{"id": "a'],
	])('is not asked for again after a success with %s', async (_what, body) => {
		let requests = 0;
		const client = clientThatAnswers(() => {
			requests += 1;
			return { status: 201, body };
		});
		const { advice, inDoubt } = await refusalOf(
			client.attestations.create('1', wanted, {}, { ...call, maxRetries: 3 }),
		);
		expect(requests).toBe(1);
		expect(advice).toMatch(/^Whether the attestation was created is not known\./);
		expect(inDoubt).toBe(true);
	});

	it.each([0, 7, '200', 399, 600, 'pending', null])(
		'whose answer has a "statusCode" of %j is created',
		async (statusCode) => {
			const created = await create({ status: 201, body: { statusCode } });
			expect(created.answer).toEqual({ statusCode });
		},
	);

	it('that may exist from an earlier call stays a doubt when it is refused', async () => {
		const again = { ...call, requestId: ID, isRepeated: true };
		const client = clientThatAnswers({ status: 400 });
		const { advice } = await refusalOf(client.attestations.create('1', wanted, {}, again));
		expect(advice).toMatch(/^Whether the attestation was created is not known\./);
	});

	it.each([
		[{ status: 404 }, 'Partner Center does not know this call', "Compare 'API Version'"],
		[
			{ status: 200, body: { statusCode: 404, message: 'Resource not found' } },
			'Partner Center does not know this call',
			'HTTP 404, "Resource not found"',
		],
		[
			{ status: 200, body: { code: 600061 } },
			'A confirmation with the same contact exists already',
			'another first name',
		],
		[
			{ status: 409, body: { code: 600061 } },
			'A confirmation with the same contact exists already',
			'another first name',
		],
	])('%j is explained', async (answer, what, step) => {
		const { message, advice } = await refusalOf(create(answer));
		expect(message).toBe(what);
		expect(advice).toContain(step);
	});
});

describe('the link for the customer', () => {
	const ID = '0b4c2f6e-3a5d-4c1e-9f7a-2d8e6b1c5a90';

	it('leads to Microsoft’s page, and with an emulator to the emulator’s', () => {
		expect(acceptanceUrlOf(ID, 'https://api.partnercenter.microsoft.com')).toBe(
			`https://cdn.partner.microsoft.com/mca/?attestationid=${ID}`,
		);
		expect(acceptanceUrlOf(ID, 'http://localhost:8787')).toBe(
			`http://localhost:8787/mca/?attestationid=${ID}`,
		);
	});

	it.each([ID, `"${ID}"`, `{${ID.toUpperCase()}}`, { id: ID }, { Id: 7, attestationID: ID }])(
		'finds the id in %j',
		(answer) => {
			expect(attestationIdIn(answer)).toBe(ID);
		},
	);

	it.each([undefined, null, 7, '', 'accepted', [], [ID], {}, { id: null }, { reference: ID }])(
		'finds none in %j',
		(answer) => {
			expect(attestationIdIn(answer)).toBeUndefined();
		},
	);
});
