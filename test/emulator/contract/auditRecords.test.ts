/** The activity log: what the emulator's callers did, and what a test writes into it. */
import { randomUUID } from 'node:crypto';
import { auditRecordSchema, type AuditRecordInput } from '../../../dev/emulator/audit/auditRecord';
import {
	EMULATOR_CLIENT_ID,
	EMULATOR_TENANT_ID,
} from '../../../dev/emulator/identity/registeredApp';
import { MCA_TEMPLATE_ID } from '../../../dev/emulator/templates';
import { CONTOSO, FABRIKAM, UNKNOWN_CUSTOMER, emulatorForThisFile, json } from './support/emulator';
import { allPages, collectionOf, follow } from './support/collections';
import { documented, requestWith } from './support/fixtures';

const harness = emulatorForThisFile();
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{7}Z$/;
const newCustomer = { id: UNKNOWN_CUSTOMER, companyName: 'Győri Bor', domain: 'gyor.example' };

const records = async (params: Record<string, unknown> = {}) =>
	await harness.call({ url: '/v1/auditrecords', params });
const itemsOf = async (params: Record<string, unknown> = {}) =>
	collectionOf(await records(params)).items;
const filteredBy = async (Field: string, Value: string, Operator: string) =>
	await records({ filter: JSON.stringify({ Field, Value, Operator }) });
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const day = (days: number) => daysAgo(days).slice(0, 10);
const add = (input: AuditRecordInput) => harness.emulator.audit.add(input);
const dated = (days: number, rest: AuditRecordInput = {}) =>
	add({ ...rest, operationDate: daysAgo(days) });

describe('a confirmation', () => {
	test('leaves one record, by whoever confirmed', async () => {
		const correlationId = randomUUID();
		await harness.confirm(CONTOSO, documented.confirmRequest, {
			'MS-CorrelationId': correlationId,
		});
		const [record, ...others] = await itemsOf();
		expect(others).toEqual([]);
		expect(record).toEqual({
			id: expect.stringMatching(
				`^${EMULATOR_TENANT_ID}_${CONTOSO}_${MCA_TEMPLATE_ID}_createagreement_\\d{18}$`,
			),
			partnerId: EMULATOR_TENANT_ID,
			participants: [EMULATOR_TENANT_ID],
			customerId: CONTOSO,
			customerName: 'Contoso',
			userPrincipalName: 'admin.agent@samplepartner.onmicrosoft.com',
			applicationId: EMULATOR_CLIENT_ID,
			resourceType: 'agreement',
			resourceNewValue: expect.any(String),
			operationType: 'create_agreement',
			originalCorrelationId: correlationId,
			operationDate: expect.stringMatching(DATE),
			operationStatus: 'succeeded',
			customizedData: [
				{ key: 'AgreementType', value: 'MicrosoftCustomerAgreement' },
				{ key: 'TemplateId', value: MCA_TEMPLATE_ID },
			],
			attributes: { objectType: 'AuditRecord' },
		});
		expect(JSON.parse(String(record?.['resourceNewValue']))).toMatchObject({
			PrimaryContact: { FirstName: 'Tania', LastName: 'Carr', Email: 'someone@example.com' },
			TemplateId: MCA_TEMPLATE_ID,
			DateAgreed: '2018-06-14T00:00:00.000Z',
			Type: 'MicrosoftCustomerAgreement',
		});
	});

	test.each([
		['that is not valid', CONTOSO, requestWith({ dateAgreed: 'yesterday' })],
		['of an unknown customer', UNKNOWN_CUSTOMER, documented.confirmRequest],
	])('%s leaves no record', async (_what, customerId, request) => {
		await harness.confirm(customerId, request);
		expect(await itemsOf()).toEqual([]);
	});

	test('that already exists leaves no second record', async () => {
		await harness.confirm(CONTOSO, documented.confirmRequest);
		expect((await harness.confirm(CONTOSO, documented.confirmRequest)).status).toBe(409);
		expect(await itemsOf()).toHaveLength(1);
	});

	test('answered again for the same MS-RequestId is recorded once', async () => {
		const same = { 'MS-RequestId': randomUUID() };
		await harness.confirm(CONTOSO, documented.confirmRequest, same);
		await harness.confirm(CONTOSO, documented.confirmRequest, same);
		expect(await itemsOf()).toHaveLength(1);
	});

	test('whose answer is lost is recorded', async () => {
		harness.emulator.faults.script([{ match: { method: 'POST' }, what: 'reset-after-write' }]);
		await expect(harness.confirm(CONTOSO, documented.confirmRequest)).rejects.toThrow();
		expect(await itemsOf()).toHaveLength(1);
	});
});

describe('a new customer', () => {
	const expected = {
		id: expect.stringMatching(
			`^${EMULATOR_TENANT_ID}_${UNKNOWN_CUSTOMER}_${UNKNOWN_CUSTOMER}_addcustomer_\\d{18}$`,
		),
		customerId: UNKNOWN_CUSTOMER,
		customerName: 'Győri Bor',
		resourceType: 'customer',
		operationType: 'add_customer',
		operationStatus: 'succeeded',
		customizedData: [
			{ key: 'PrimaryDomainName', value: 'gyor.example' },
			{ key: 'Relationship', value: 'Reseller' },
		],
	};

	test('leaves a record when TypeScript adds it', async () => {
		const customer = harness.emulator.addCustomer(newCustomer);
		expect(customer).toEqual({
			...newCustomer,
			relationshipToPartner: 'reseller',
			agreements: [],
			directSigned: false,
		});
		const [record] = await itemsOf();
		expect(record).toMatchObject(expected);
		expect(JSON.parse(String(record?.['resourceNewValue']))).toMatchObject({
			Id: UNKNOWN_CUSTOMER,
			CompanyProfile: { TenantId: UNKNOWN_CUSTOMER, CompanyName: 'Győri Bor' },
			RelationshipToPartner: 'reseller',
			Attributes: { ObjectType: 'Customer' },
		});
	});

	test('leaves a record when it is added over HTTP', async () => {
		const answer = await harness.http.post<string>(
			'/_emulator/customers',
			JSON.stringify({ ...newCustomer, directSigned: true }),
		);
		expect(answer.status).toBe(201);
		expect(json(answer)).toMatchObject({ ...newCustomer, directSigned: true });
		expect((await harness.call({ url: `/v1/customers/${UNKNOWN_CUSTOMER}` })).status).toBe(200);
		expect(await itemsOf()).toEqual([expect.objectContaining(expected)]);
	});

	test.each([
		['that is wrong', { id: 'x' }, 'must be a GUID'],
		['that is known', { ...newCustomer, id: CONTOSO.toUpperCase() }, 'is a customer already'],
	])('%s is refused and leaves nothing', async (_what, body, problem) => {
		const answer = await harness.http.post<string>('/_emulator/customers', JSON.stringify(body));
		expect(answer.status).toBe(400);
		expect(answer.data).toContain(problem);
		expect(harness.emulator.state.customers).toHaveLength(14);
		expect(await itemsOf()).toEqual([]);
	});
});

test('seeding leaves no records', async () => {
	harness.emulator.seed({ customers: [newCustomer] });
	expect(await itemsOf()).toEqual([]);
});

test('a reset forgets the records', async () => {
	await harness.confirm(CONTOSO, documented.confirmRequest);
	harness.emulator.reset();
	expect(await itemsOf()).toEqual([]);
});

describe('a record that a test writes', () => {
	test('is shown as in the documented example', async () => {
		const { items } = documented.auditRecords;
		const written = items.map(({ id, participants, attributes, ...settings }) => {
			expect([participants, attributes.objectType]).toEqual([[settings.partnerId], 'AuditRecord']);
			const operation = settings.operationType.replaceAll('_', '');
			const [, resourceId] = new RegExp(`([^_]+)_${operation}_`).exec(id) ?? [];
			const ofCustomer = settings.resourceType === 'customer';
			const { originalCorrelationId = null } = settings;
			const complete = { ...settings, originalCorrelationId };
			return add(auditRecordSchema.parse({ ...complete, ...(ofCustomer ? { resourceId } : {}) }));
		});
		expect(JSON.stringify(written)).toBe(JSON.stringify(items));
	});

	test('can be written over HTTP, one or several', async () => {
		const post = async (body: unknown) =>
			await harness.http.post<string>('/_emulator/audit-records', JSON.stringify(body));
		const one = await post({ customerId: CONTOSO, operationDate: daysAgo(3) });
		expect(one.status).toBe(201);
		expect(json(one)).toMatchObject([{ customerId: CONTOSO, operationType: 'create_agreement' }]);
		await post([{ customerId: FABRIKAM }, { operationStatus: 'failed' }]);
		expect(await itemsOf()).toMatchObject([
			{ operationStatus: 'failed' },
			{ customerId: FABRIKAM },
			{ customerId: CONTOSO },
		]);
		const read = await harness.http.get<string>('/_emulator/audit-records');
		expect(json(read)).toEqual(harness.emulator.audit.records);
		expect(harness.emulator.audit.records).toHaveLength(3);
	});

	test.each([{ operationDate: 'today' }, { operationStatus: 'maybe' }, { unknown: 1 }])(
		'is refused when it is %j',
		async (body) => {
			const answer = await harness.http.post<string>(
				'/_emulator/audit-records',
				JSON.stringify(body),
			);
			expect(answer.status).toBe(400);
			expect(() => add(body as never)).toThrow();
			expect(harness.emulator.audit.records).toEqual([]);
		},
	);

	test('has an id of its own, even at the same moment', async () => {
		const operationDate = daysAgo(1);
		const ids = Array.from({ length: 5 }, () => add({ operationDate }).id);
		const now = Array.from({ length: 50 }, () => add({}).id);
		expect(new Set([...ids, ...now]).size).toBe(55);
	});

	test('can have the id of another', () => {
		expect([add({ id: 'same' }).id, add({ id: 'same' }).id]).toEqual(['same', 'same']);
	});

	test('can come late: it stands where its date says, not last', async () => {
		dated(1, { customerName: 'first' });
		expect(await itemsOf()).toHaveLength(1);
		dated(2, { customerName: 'late' });
		expect(await itemsOf()).toMatchObject([{ customerName: 'first' }, { customerName: 'late' }]);
	});

	test('can be dated by a clock that is ahead', async () => {
		const record = dated(-1);
		expect(await itemsOf()).toEqual([]);
		expect(await itemsOf({ startDate: day(0), endDate: day(-1) })).toMatchObject([
			{ id: record.id },
		]);
	});
});

describe('the days', () => {
	beforeEach(() => {
		for (const days of [0, 1, 2, 29, 30, 31, 90, 91]) dated(days, { customerName: String(days) });
	});
	const namesOf = async (params: Record<string, unknown> = {}) =>
		(await itemsOf(params)).map(({ customerName }) => customerName);

	test('are the last thirty when none are asked for', async () => {
		expect(await namesOf()).toEqual(['0', '1', '2', '29', '30']);
	});

	test('go back to ninety', async () => {
		expect(await namesOf({ startDate: day(90) })).toEqual(['90']);
		const answer = await records({ startDate: day(91) });
		expect(answer.status).toBe(400);
		expect(json(answer)).toMatchObject({ code: 3000, data: ['startDate'] });
	});

	test.each([undefined, day(0)])(
		'D7: are thirty from the start at most, not the newest ones (endDate %s)',
		async (endDate) => {
			const asked = { startDate: day(31), ...(endDate === undefined ? {} : { endDate }) };
			expect(await namesOf(asked)).toEqual(['1', '2', '29', '30', '31']);
		},
	);

	test('D7: that are more than thirty are refused where the switch says so', async () => {
		harness.emulator.switches.auditWindow = 'refuse';
		const answer = await records({ startDate: day(31), endDate: day(0) });
		expect(answer.status).toBe(400);
		expect(json(answer)).toMatchObject({ code: 3000, data: ['endDate'] });
		expect(await namesOf({ startDate: day(30), endDate: day(0) })).toHaveLength(5);
	});

	test('are whole ones, the last included', async () => {
		expect(await namesOf({ startDate: day(2), endDate: day(1) })).toEqual(['1', '2']);
		expect(await namesOf({ startDate: day(1), endDate: day(1) })).toEqual(['1']);
		expect(await namesOf({ startDate: `${day(1)}T23:59:59Z` })).toEqual(['0', '1']);
	});

	const [year = '', month = '', date = ''] = day(2).split('-');
	test.each([
		['the example of the activity log', `${month}/${date}/${year} 12:00:00 AM`],
		["Microsoft's .NET SDK", `${month}/${date}/${year} 04:31:13`],
		['somebody with small numbers', `${Number(month)}/${Number(date)}/${year}`],
	])('D2: can be written as %s does', async (_who, startDate) => {
		expect(await namesOf({ startDate })).toEqual(['0', '1', '2']);
	});

	test('can be none', async () => {
		expect(await namesOf({ startDate: day(1), endDate: day(2) })).toEqual([]);
		expect(await namesOf({ startDate: day(-1) })).toEqual([]);
	});

	test.each([{ startDate: 'yesterday' }, { endDate: '2024-02-30' }])(
		'that do not exist are refused: %j',
		async (params) => {
			const answer = await records(params);
			expect(answer.status).toBe(400);
			expect(json(answer)).toMatchObject({ code: 3000, data: Object.keys(params) });
		},
	);
});

describe('a filter', () => {
	beforeEach(async () => {
		await harness.confirm(CONTOSO, documented.confirmRequest);
		await harness.confirm(FABRIKAM, documented.confirmRequest);
		harness.emulator.addCustomer(newCustomer);
	});

	test.each([
		['CompanyName', 'BRI', 'substring', ['Fabrikam']],
		['CompanyName', 'győri', 'substring', ['Győri Bor']],
		['CompanyName', 'o', 'substring', ['Győri Bor', 'Contoso']],
		['CustomerId', CONTOSO.toUpperCase(), 'equals', ['Contoso']],
		['ResourceType', 'Agreement', 'equals', ['Fabrikam', 'Contoso']],
		['ResourceType', 'customer', 'equals', ['Győri Bor']],
		['ResourceType', 'subscription', 'equals', []],
		['companyName', 'bri', 'Substring', ['Fabrikam']],
		['resourceType', 'customer', 'Equals', ['Győri Bor']],
	])('by %s %s (%s) finds %j', async (field, value, operator, names) => {
		const { items } = collectionOf(await filteredBy(field, value, operator));
		expect(items.map(({ customerName }) => customerName)).toEqual(names);
	});

	test.each([
		['CompanyName', 'equals', 'Operator'],
		['CustomerId', 'substring', 'Operator'],
		['ResourceType', 'starts_with', 'Operator'],
		['UserPrincipalName', 'equals', 'Field'],
	])('by %s with %s is refused', async (field, operator, wrong) => {
		const answer = await filteredBy(field, 'x', operator);
		expect(answer.status).toBe(400);
		expect(json(answer)).toMatchObject({ code: 3000, data: [wrong] });
	});

	test('that is no JSON is refused', async () => {
		const answer = await records({ filter: '{' });
		expect(answer.status).toBe(400);
		expect(json(answer)).toMatchObject({ code: 800002 });
	});

	test('stays in the links', async () => {
		const filter = '{"Field":"ResourceType","Value":"Agreement","Operator":"equals"}';
		const pages = await allPages(harness, await records({ startDate: day(1), size: 1, filter }));
		expect(pages).toHaveLength(2);
		expect(pages[0]?.links.next?.uri).toBe(
			`/v1/auditrecords?startDate=${day(1)}&size=1&filter=${encodeURIComponent(filter)}&seekOperation=Next`,
		);
	});
});

describe('pages', () => {
	test('hold 500 records when no size is asked for', async () => {
		for (let count = 0; count < 501; count += 1) add({});
		const first = collectionOf(await records({ startDate: day(0), endDate: day(0) }));
		expect(first.items).toHaveLength(500);
		expect(first.totalCount).toBe(500);
		expect(first.links.self).toEqual({
			uri: `/v1/auditrecords?startDate=${day(0)}&endDate=${day(0)}&size=500`,
			method: 'GET',
			headers: [],
		});
		expect(collectionOf(await follow(harness, first.links.next)).items).toHaveLength(1);
	});

	test('hold every record once, the latest first', async () => {
		const written = Array.from({ length: 7 }, () => add({}).id);
		const pages = await allPages(harness, await records({ size: 3 }));
		expect(pages).toHaveLength(3);
		expect(pages.flatMap(({ items }) => items).map(({ id }) => id)).toEqual(written.reverse());
	});

	test('need the token of their link', async () => {
		for (let count = 0; count < 4; count += 1) add({});
		const answer = await records({ size: 3, seekOperation: 'Next' });
		expect(answer.status).toBe(400);
	});
});

describe('the delay until a record shows up', () => {
	test('is none by itself', async () => {
		await harness.confirm(CONTOSO, documented.confirmRequest);
		expect(await itemsOf()).toHaveLength(1);
	});

	test('can be some seconds', async () => {
		harness.emulator.switches.auditDelay = 60;
		await harness.confirm(CONTOSO, documented.confirmRequest);
		expect(await itemsOf()).toEqual([]);
		expect(harness.emulator.audit.records).toHaveLength(1);
		harness.emulator.switches.auditDelay = 0.05;
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect(await itemsOf()).toEqual(harness.emulator.audit.records);
	});

	test('counts from the writing of a record, whatever its date', async () => {
		harness.emulator.switches.auditDelay = 60;
		dated(5);
		expect(await itemsOf()).toEqual([]);
	});
});
