/** `POST /v1/customers/{id}/agreements` as Microsoft documents it. */
import { CONTOSO, FABRIKAM, emulatorForThisFile, json } from './support/emulator';
import { documented, requestWith, requestWithContact } from './support/fixtures';

const harness = emulatorForThisFile();
const REQUEST_ID = '94e4e214-6b06-4fb7-96d1-94d559f9b47f';
const CORRELATION_ID = 'ab993325-1605-4cf4-bac4-fb584142a31b';
const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

describe('the documented confirmation', () => {
	test('is answered with 201 and the documented body, property by property', async () => {
		const answer = await harness.confirm(CONTOSO, documented.confirmRequest);
		expect(answer.status).toBe(201);
		expect(answer.data).toBe(JSON.stringify(documented.confirmResponse));
	});

	test('echoes the ids it was sent and adds the tracing headers', async () => {
		const { headers } = await harness.confirm(CONTOSO, documented.confirmRequest, {
			'MS-RequestId': REQUEST_ID,
			'MS-CorrelationId': CORRELATION_ID,
		});
		expect(headers).toMatchObject({
			'content-type': 'application/json; charset=utf-8',
			'ms-requestid': REQUEST_ID,
			'ms-correlationid': CORRELATION_ID,
			'ms-cv': expect.stringMatching(/^.{16}\.0$/),
			'ms-serverid': expect.stringMatching(/\d+/),
		});
		expect(headers).not.toHaveProperty('location');
	});

	test('gets ids made by Partner Center when it sends none', async () => {
		const { headers } = await harness.confirm(CONTOSO, documented.confirmRequest);
		expect(headers['ms-requestid']).toMatch(GUID);
		expect(headers['ms-correlationid']).toMatch(GUID);
	});

	test('is in the list of the customer afterwards, dated without a zone', async () => {
		await harness.confirm(CONTOSO, documented.confirmRequest);
		expect(json(await harness.agreements(CONTOSO))).toEqual({
			totalCount: 1,
			items: [
				{
					primaryContact: documented.confirmRequest.primaryContact,
					templateId: documented.confirmRequest.templateId,
					dateAgreed: '2018-06-14T00:00:00',
					type: 'MicrosoftCustomerAgreement',
					agreementLink: 'https://aka.ms/customeragreement',
				},
			],
		});
	});

	test('made again is refused with the documented 600061 and writes nothing', async () => {
		await harness.confirm(CONTOSO, documented.confirmRequest);
		const again = await harness.confirm(CONTOSO, documented.confirmRequest);
		expect(again.status).toBe(409);
		expect(json(again)).toEqual(documented.alreadyExists);
		expect(json(await harness.agreements(CONTOSO))).toMatchObject({ totalCount: 1 });
	});

	test('accepts a customer id in capitals', async () => {
		const answer = await harness.confirm(CONTOSO.toUpperCase(), documented.confirmRequest);
		expect(answer.status).toBe(201);
	});

	test('sent twice at the same moment is confirmed once', async () => {
		const answers = await Promise.all(
			Array.from({ length: 8 }, () => harness.confirm(CONTOSO, documented.confirmRequest)),
		);
		const statuses = answers.map(({ status }) => status).sort();
		expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
	});
});

describe('another agreement of the same customer', () => {
	beforeEach(async () => await harness.confirm(CONTOSO, documented.confirmRequest));

	test.each([
		['first name', { firstName: 'Anna' }],
		['last name', { lastName: 'Berg' }],
		['e-mail address', { email: 'other@example.com' }],
		['phone number', { phoneNumber: '0987654321' }],
		['phone number, now absent', { phoneNumber: undefined }],
		['case of the first name', { firstName: 'TANIA' }],
		['case of the e-mail address', { email: 'Someone@example.com' }],
	])('is confirmed when it differs in the %s', async (_what, contact) => {
		expect((await harness.confirm(CONTOSO, requestWithContact(contact))).status).toBe(201);
	});

	test('is refused when only the date differs', async () => {
		const answer = await harness.confirm(
			CONTOSO,
			requestWith({ dateAgreed: '2024-01-01T00:00:00Z' }),
		);
		expect(json(answer)).toMatchObject({ code: 600061 });
	});

	test('is confirmed for another template', async () => {
		harness.emulator.switches.cloudAgreement = 'accept';
		const answer = await harness.confirm(
			CONTOSO,
			requestWith({ templateId: '998b88de-aa99-4388-a42c-1b3517d49490' }),
		);
		expect(answer.status).toBe(201);
	});

	test('is confirmed for another customer', async () => {
		expect((await harness.confirm(FABRIKAM, documented.confirmRequest)).status).toBe(201);
	});
});

test.each([[undefined], [''], [null]])(
	'a phone number of %p counts as the same as none',
	async (phoneNumber) => {
		await harness.confirm(CONTOSO, requestWithContact({ phoneNumber: '' }));
		const again = await harness.confirm(CONTOSO, requestWithContact({ phoneNumber }));
		expect(json(again)).toMatchObject({ code: 600061 });
	},
);

test('the template decides which kind of agreement is stored', async () => {
	harness.emulator.switches.cloudAgreement = 'accept';
	const cloudTemplate = '998b88de-aa99-4388-a42c-1b3517d49490';
	const answer = await harness.confirm(CONTOSO, requestWith({ templateId: cloudTemplate }));
	expect(json(answer)).toMatchObject({ type: 'MicrosoftCloudAgreement' });
	expect(json(await harness.agreements(CONTOSO))).toMatchObject({ totalCount: 0 });
	expect(json(await harness.agreements(CONTOSO, 'MicrosoftCloudAgreement'))).toMatchObject({
		items: [{ templateId: cloudTemplate, type: 'MicrosoftCloudAgreement' }],
	});
});

test('the user id is the signed-in user, whatever the request says', async () => {
	const answer = await harness.confirm(CONTOSO, requestWith({ userId: 'somebody else' }));
	expect(json(answer)).toMatchObject({ userId: '3d6f2c09-eb40-48ca-a4b3-d24c9c007531' });
});

test.each([
	'Győző Kőrösi-Szűcs',
	'Åsa Björkström',
	'Şükrü Işık İğdır',
	'IJsbrand',
	'你好',
	'שלום',
	'😀 O’Neil',
])('the name %s arrives, is answered and is listed unchanged', async (firstName) => {
	const answer = await harness.confirm(CONTOSO, requestWithContact({ firstName }));
	expect(json(answer)).toMatchObject({ primaryContact: { firstName } });
	expect(json(await harness.agreements(CONTOSO))).toMatchObject({
		items: [{ primaryContact: { firstName } }],
	});
});

test('composed and decomposed letters are different names', async () => {
	await harness.confirm(CONTOSO, requestWithContact({ firstName: '\u00C5sa' }));
	const decomposed = await harness.confirm(CONTOSO, requestWithContact({ firstName: 'A\u030Asa' }));
	expect(decomposed.status).toBe(201);
});

test.each([undefined, null])('D3: a type of %p is the type of the template', async (type) => {
	const answer = await harness.confirm(CONTOSO, requestWith({ type }));
	expect([answer.status, json(answer)]).toMatchObject([
		201,
		{ type: 'MicrosoftCustomerAgreement' },
	]);
});

test.each([
	['2018-06-14T02:00:00+02:00', '2018-06-14T00:00:00.000Z'],
	['2018-06-14', '2018-06-14T00:00:00.000Z'],
	['6/14/2018 12:00:00 AM', '2018-06-14T00:00:00.000Z'],
])('D20: the date %s is answered as it was stored', async (sent, dateAgreed) => {
	const answer = await harness.confirm(CONTOSO, requestWith({ dateAgreed: sent }));
	expect(json(answer)).toMatchObject({ dateAgreed });
	expect(harness.emulator.state.customers[0]?.agreements).toMatchObject([{ dateAgreed }]);
});

test('D8: the Microsoft Cloud Agreement is listed, and refused', async () => {
	const templateId = '998b88de-aa99-4388-a42c-1b3517d49490';
	const listed = await harness.call({ url: '/v1/agreements' });
	expect(json(listed)).toMatchObject({ items: [{ templateId }] });
	const answer = await harness.confirm(CONTOSO, requestWith({ templateId }));
	expect(answer.status).toBe(400);
	expect(json(answer)).toMatchObject({
		description: `Microsoft Cloud Agreement Template ID '${templateId}' is no longer supported.`,
	});
	expect(json(await harness.agreements(CONTOSO, '*'))).toMatchObject({ totalCount: 0 });
});

describe('a confirmation that is not valid', () => {
	const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

	test.each([
		['primaryContact', requestWith({ primaryContact: undefined })],
		['primaryContact.firstName', requestWithContact({ firstName: undefined })],
		['primaryContact.firstName', requestWithContact({ firstName: '  ' })],
		['primaryContact.lastName', requestWithContact({ lastName: '' })],
		['primaryContact.email', requestWithContact({ email: undefined })],
		['primaryContact.email', requestWithContact({ email: 7 })],
		['dateAgreed', requestWith({ dateAgreed: undefined })],
		['dateAgreed', requestWith({ dateAgreed: 'yesterday' })],
		['dateAgreed', requestWith({ dateAgreed: '2024-02-30T00:00:00Z' })],
		['dateAgreed', requestWith({ dateAgreed: 1700000000000 })],
		['templateId', requestWith({ templateId: undefined })],
		['templateId', requestWith({ templateId: '117a77b0-9360-443b-8795-000000000000' })],
		['type', requestWith({ type: 'MicrosoftPartnerAgreement' })],
	])('in %s is refused with 3000 and names it (%#)', async (property, body) => {
		const answer = await harness.confirm(CONTOSO, body);
		expect(answer.status).toBe(400);
		expect(json(answer)).toEqual({
			code: 3000,
			description: `Invalid property: ${property}`,
			data: [property],
			source: 'PartnerFD',
		});
		expect(json(await harness.agreements(CONTOSO, '*'))).toMatchObject({ totalCount: 0 });
	});

	test.each(['', '{"primaryContact":', '[]', '"text"', 'null'])(
		'because its body is %p is refused with 800002',
		async (body) => {
			const answer = await harness.confirm(CONTOSO, body);
			expect(answer.status).toBe(400);
			expect(json(answer)).toMatchObject({ code: 800002, description: 'Invalid request input' });
		},
	);

	test('D9: in a date that is in the future is refused with 600002', async () => {
		const answer = await harness.confirm(CONTOSO, requestWith({ dateAgreed: inMinutes(6) }));
		expect(answer.status).toBe(400);
		expect(json(answer)).toMatchObject({
			code: 600002,
			message: 'Date of agreement cannot be greater than the current date.',
		});
	});

	test('allows a clock that is four minutes ahead', async () => {
		const answer = await harness.confirm(CONTOSO, requestWith({ dateAgreed: inMinutes(4) }));
		expect(answer.status).toBe(201);
	});
});
