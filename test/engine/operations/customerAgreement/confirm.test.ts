import { open } from '../../place';
import {
	agreementsOf,
	customer,
	customerId,
	customers,
	engine,
	engineVersion,
	json,
	pairs,
	record,
	writes,
} from '../../workplace';
import {
	alreadyExistsBody,
	CONFIRM_CUSTOMER_ID,
	confirmRequestBody,
	confirmResponseBody,
	CORRELATION_ID,
} from '../../../support/fixtures/documented';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

it('runs in the engine that this project stands for', async () => {
	await open();
	expect(engineVersion('n8n-core')).toBe(engine === 'n8n-2' ? '2.41.1' : '1.122.48');
});

describe('the documented example', () => {
	const { primaryContact, dateAgreed, templateId } = confirmRequestBody;
	const documented = { customerId: CONFIRM_CUSTOMER_ID, ...primaryContact, dateAgreed };
	const settings = { parameters: { options: { correlationId: CORRELATION_ID } } };

	it('sends the documented request and ends on Confirmed with the documented answer', async () => {
		const { emulator, run } = await open();
		const { confirmed, alreadyExists, result } = await run([documented], settings);
		expect(result.error).toBeUndefined();
		expect(alreadyExists).toEqual([]);

		const [write] = writes(emulator);
		expect(write?.path).toBe(`/v1/customers/${CONFIRM_CUSTOMER_ID}/agreements`);
		expect(JSON.parse(write?.body ?? '')).toEqual(confirmRequestBody);
		expect(write?.headers).toMatchObject({
			'content-type': 'application/json',
			'ms-requestid': expect.stringMatching(GUID),
			'ms-correlationid': CORRELATION_ID,
		});
		expect(json(confirmed)).toEqual([
			{
				...confirmResponseBody,
				userId: expect.stringMatching(GUID),
				customerId: CONFIRM_CUSTOMER_ID,
				outcome: 'confirmed',
				requestId: write?.headers['ms-requestid'],
				correlationId: CORRELATION_ID,
			},
		]);
	});

	it('sends no header beyond the documented ones and those of HTTP itself', async () => {
		const { emulator, run } = await open();
		await run([documented], settings);
		const known = [
			...['content-type', 'ms-requestid', 'ms-correlationid', 'accept'],
			...['accept-encoding', 'connection', 'content-length', 'host', 'user-agent'],
		];
		const sent = Object.keys(writes(emulator)[0]?.headers ?? {});
		expect(sent.filter((name) => !known.includes(name) && name !== 'authorization')).toEqual([]);
	});

	it.each([
		['HTTP 409', { duplicateStatus: 409 as const }],
		['HTTP 400', { duplicateStatus: 400 as const }],
		['the code as text', { errorCodeType: 'string' as const }],
		['a byte order mark', { bom: true }],
	])('ends on Already Exists the second time: %s', async (_what, switches) => {
		const { emulator, run } = await open({ switches });
		await run([documented]);
		const { confirmed, alreadyExists } = await run([documented], settings);
		expect(confirmed).toEqual([]);
		expect(agreementsOf(emulator, CONFIRM_CUSTOMER_ID)).toBe(1);
		expect(json(alreadyExists)).toEqual([
			{
				outcome: 'alreadyExists',
				customerId: CONFIRM_CUSTOMER_ID,
				primaryContact,
				dateAgreed,
				templateId,
				code: 600061,
				errorName: alreadyExistsBody.errorName,
				message: alreadyExistsBody.message,
				existingAgreement: expect.objectContaining({
					primaryContact,
					templateId,
					dateAgreed: '2018-06-14T00:00:00',
				}),
				requestId: writes(emulator).at(-1)?.headers['ms-requestid'],
				correlationId: CORRELATION_ID,
			},
		]);
	});
});

describe('the request', () => {
	it('leaves the phone out when there is none', async () => {
		const { emulator, run } = await open({ state: { customers: customers(3) } });
		await run([1, 2, 3].map((n) => record(n, { phoneNumber: ['', null, '  '][n - 1] ?? null })));
		for (const { body } of writes(emulator)) expect(body).not.toContain('phoneNumber');
		expect(agreementsOf(emulator)).toBe(3);
	});

	it('has an MS-RequestId of its own for each call, and one MS-CorrelationId an execution', async () => {
		const { emulator, run } = await open({ state: { customers: customers(5) } });
		await run([1, 2, 3, 4, 5].map((n) => record(n)));
		await run([record(1)]);
		const calls = emulator.requests.filter(({ path }) => path.startsWith('/v1'));
		const all = (name: string) => new Set(calls.map(({ headers }) => headers[name]));
		expect(all('ms-requestid').size).toBe(calls.length);
		expect(all('ms-correlationid').size).toBe(2);
	});

	it('trims texts and reads a customer ID in braces and capitals', async () => {
		const { emulator, run } = await open({ state: { customers: customers(1) } });
		const { confirmed } = await run([
			record(1, {
				customerId: ` {${customerId(1).toUpperCase()}} `,
				firstName: ' Tania ',
				email: ' tania@contoso.example\n',
			}),
		]);
		expect(json(confirmed)).toMatchObject([
			{ primaryContact: { firstName: 'Tania', email: 'tania@contoso.example' } },
		]);
		expect(writes(emulator)[0]?.path).toContain(customerId(1));
	});

	it.each([
		['milliseconds', 1718323200000, '2024-06-14T00:00:00.000Z'],
		['milliseconds as text', '1718323200000', '2024-06-14T00:00:00.000Z'],
		['the workflow’s time zone', '2024-06-14T10:00:00', '2024-06-14T08:00:00.000Z'],
		['an offset', '2024-06-14T10:00:00-05:00', '2024-06-14T15:00:00.000Z'],
	])('carries the date in UTC: %s', async (_what, dateAgreed, expected) => {
		const { emulator, run } = await open({ state: { customers: customers(1) } });
		await run([record(1, { dateAgreed })]);
		expect(JSON.parse(writes(emulator)[0]?.body ?? '{}')).toMatchObject({ dateAgreed: expected });
	});

	it('reads n8n’s own date from an expression', async () => {
		const { emulator, run } = await open({ state: { customers: customers(1) } });
		await run([record(1)], {
			parameters: { dateAgreed: "={{ DateTime.fromISO('2024-06-14T12:00:00+02:00') }}" },
		});
		expect(JSON.parse(writes(emulator)[0]?.body ?? '{}')).toMatchObject({
			dateAgreed: '2024-06-14T10:00:00.000Z',
		});
	});

	it('carries every script unchanged, as UTF-8', async () => {
		const names = [
			['Őze Árpád', 'Űrhegyi'],
			['Åsa', 'Sjöström'],
			['Gökçe', 'Şağlamoğlu'],
			['İpek', 'Işık'],
			['ĲSBRAND', 'van ’t IJ'],
			['花子', '山田'],
			['你好', '王'],
			['שלום', 'כהן'],
			['محمد', 'الأحمد'],
			['e\u0301', '\u00e9'],
			['Mei 👩🏽‍💻', '𠮷野'],
		];
		const { emulator, run } = await open({ state: { customers: customers(names.length) } });
		const { confirmed } = await run(
			names.map(([firstName, lastName], index) => record(index + 1, { firstName, lastName })),
		);
		expect(confirmed).toHaveLength(names.length);
		for (const { body, headers } of writes(emulator)) {
			expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body ?? '', 'utf8'));
		}
		const stored = emulator.state.customers.map(({ agreements }) => agreements[0]?.primaryContact);
		expect(stored.map((contact) => [contact?.firstName, contact?.lastName])).toEqual(names);
	});
});

describe('the branches', () => {
	it('an agreement with another contact may be confirmed again; case makes another contact', async () => {
		const { emulator, run } = await open({ state: { customers: customers(1) } });
		const variants = [
			{},
			{ firstName: 'TANIA' },
			{ lastName: 'carr' },
			{ email: 'Tania.Carr@contoso1.example' },
			{ phoneNumber: '1' },
		];
		const { confirmed, alreadyExists } = await run(variants.map((change) => record(1, change)));
		expect([confirmed.length, alreadyExists.length]).toEqual([5, 0]);
		expect(agreementsOf(emulator)).toBe(5);
	});

	it('items of one customer run in input order, so that the first of two equal ones is confirmed', async () => {
		const { emulator, run } = await open({
			state: { customers: customers(4) },
			latency: [0, 20],
		});
		const order = [1, 2, 1, 3, 1, 2, 4, 1];
		const { confirmed, alreadyExists } = await run(order.map((n) => record(n)));
		expect(pairs(confirmed)).toEqual([0, 1, 3, 6]);
		expect(pairs(alreadyExists)).toEqual([2, 4, 5, 7]);
		expect(agreementsOf(emulator)).toBe(4);
	});

	it('the existing agreement is null where it can’t be read, and absent when not wanted', async () => {
		const { emulator, run } = await open({ state: { customers: customers(2) } });
		await run([record(1), record(2)]);
		emulator.faults.script([{ match: { method: 'GET', path: '/customers/' }, what: 'status-500' }]);
		const unread = await run([record(1)], { parameters: { options: { maxRetries: 0 } } });
		expect(json(unread.alreadyExists)).toMatchObject([{ existingAgreement: null }]);
		const unwanted = await run([record(2)], {
			parameters: { options: { includeExisting: false } },
		});
		expect(json(unwanted.alreadyExists)[0]).not.toHaveProperty('existingAgreement');
	});

	it('200 mixed items: each on exactly one branch, in order, paired with its input', async () => {
		const count = 200;
		const kinds = ['fresh', 'known', 'badEmail', 'unknown', 'stranger', 'badDate'] as const;
		const kindOf = (n: number) => kinds[n % kinds.length];
		const { run, emulator } = await open({
			latency: [0, 5],
			state: {
				customers: Array.from({ length: count }, (_, n) => n)
					.filter((n) => kindOf(n) !== 'unknown')
					.map((n) =>
						customer(n, {
							relationshipToPartner: kindOf(n) === 'stranger' ? 'none' : 'reseller',
						}),
					),
			},
		});
		const known = Array.from({ length: count }, (_, n) => n).filter((n) => kindOf(n) === 'known');
		await run(known.map((n) => record(n)));
		const before = agreementsOf(emulator);

		const input = Array.from({ length: count }, (_, n) =>
			record(n, {
				marker: n,
				...(kindOf(n) === 'badEmail' && { email: 'not an address' }),
				...(kindOf(n) === 'badDate' && { dateAgreed: '31-12-2023' }),
			}),
		);
		const { confirmed, alreadyExists, errors, result } = await run(input, {
			onError: 'continueErrorOutput',
		});
		expect(result.status).toBe('success');
		const of = (...wanted: string[]) =>
			input.map((_, n) => n).filter((n) => wanted.includes(kindOf(n) ?? ''));
		expect(pairs(confirmed)).toEqual(of('fresh'));
		expect(pairs(alreadyExists)).toEqual(of('known'));
		expect(json(errors).map(({ marker }) => marker)).toEqual(
			of('badEmail', 'unknown', 'stranger', 'badDate'),
		);
		expect(json(confirmed).map((one) => one.customerId)).toEqual(of('fresh').map(customerId));
		expect(agreementsOf(emulator) - before).toBe(of('fresh').length);
	});

	it('data behind each branch can be traced to its source', async () => {
		const { run } = await open({ state: { customers: customers(2) } });
		const { result } = await run([record(1), record(1), record(2, { email: 'x' })], {
			onError: 'continueErrorOutput',
		});
		const paired = [0, 1, 2].map((n) => pairs(result.outputs(`Behind ${n}`)[0]));
		expect(paired).toEqual([[0], [0], [0]]);
		expect(result.outputs('Confirm').map((items) => pairs(items))).toEqual([[0], [1], [2]]);
	});
});

describe('the template', () => {
	it('is looked up once an execution', async () => {
		const { emulator, run } = await open({ state: { customers: customers(5) } });
		await run([1, 2, 3, 4, 5].map((n) => record(n)));
		const lookups = emulator.requests.filter(({ path }) => path.startsWith('/v1/agreements'));
		expect(lookups.map(({ path }) => path)).toEqual([
			'/v1/agreements?agreementType=MicrosoftCustomerAgreement',
		]);
	});

	it('given by hand is sent when it is a template of the Customer Agreement', async () => {
		const { emulator, run } = await open({ state: { customers: customers(1) } });
		const templateId = confirmRequestBody.templateId.toUpperCase();
		await run([record(1)], { parameters: { additionalFields: { templateId } } });
		expect(JSON.parse(writes(emulator)[0]?.body ?? '{}')).toMatchObject({
			templateId: confirmRequestBody.templateId,
		});
	});

	it('of the Cloud Agreement is refused before anything is written', async () => {
		const { emulator, run } = await open({ state: { customers: customers(1) } });
		const cloud = '998b88de-aa99-4388-a42c-1b3517d49490';
		const { errors } = await run([record(1)], {
			onError: 'continueErrorOutput',
			parameters: { additionalFields: { templateId: cloud } },
		});
		expect(json(errors)).toMatchObject([
			{
				error: `'Template ID' is not a template of the Microsoft Customer Agreement: "${cloud}" [Item 0]`,
			},
		]);
		expect(writes(emulator)).toEqual([]);
	});
});
