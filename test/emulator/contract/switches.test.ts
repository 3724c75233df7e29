/** What Microsoft leaves undocumented, in both positions; and replay by request id. */
import { randomUUID } from 'node:crypto';
import { CONTOSO, UNKNOWN_CUSTOMER, emulatorForThisFile, json } from './support/emulator';
import { documented, requestWithContact } from './support/fixtures';

const harness = emulatorForThisFile();
const duplicate = async () => {
	await harness.confirm(CONTOSO, documented.confirmRequest);
	return await harness.confirm(CONTOSO, documented.confirmRequest);
};

test.each([409, 400] as const)('a duplicate can be answered with %d', async (status) => {
	harness.emulator.switches.duplicateStatus = status;
	expect((await duplicate()).status).toBe(status);
});

test.each([
	['number', 600061],
	['string', '600061'],
] as const)('an error code can be a %s', async (type, code) => {
	harness.emulator.switches.errorCodeType = type;
	expect(json(await duplicate())).toEqual({ ...documented.alreadyExists, code });
});

test.each([
	['number', 3000, 'PartnerFD'],
	['string', '3000', 'PartnerApiService'],
] as const)('so can that of the older shape: %s', async (type, code, source) => {
	harness.emulator.switches.errorCodeType = type;
	expect(json(await harness.confirm(CONTOSO, {}))).toMatchObject({ code, source });
	const written = harness.call({ url: '/v1/customers', params: { size: 'ten' } });
	expect(json(await written)).toMatchObject({ code, source });
	harness.emulator.faults.script([{ what: 'status-500' }]);
	expect(json(await harness.agreements(CONTOSO))).toMatchObject({
		code: type === 'string' ? '800003' : 800003,
		source,
	});
});

test('a confirmation without a type can be refused', async () => {
	harness.emulator.switches.missingType = 'refuse';
	const { type, ...untyped } = documented.confirmRequest;
	expect(json(await harness.confirm(CONTOSO, untyped))).toMatchObject({
		code: 3000,
		data: ['type'],
	});
	expect((await harness.confirm(CONTOSO, { ...untyped, type })).status).toBe(201);
});

test.each([400, 403, 404] as const)(
	'the Cloud Agreement can be refused with %d, in either shape',
	async (status) => {
		const templateId = '998b88de-aa99-4388-a42c-1b3517d49490';
		const cloud = { ...documented.confirmRequest, templateId };
		harness.emulator.switches.cloudAgreementStatus = status;
		const older = await harness.confirm(CONTOSO, cloud);
		expect([older.status, json(older)]).toMatchObject([status, { source: 'PartnerFD' }]);
		harness.emulator.switches.cloudAgreement = 'refuseNewerShape';
		const newer = await harness.confirm(CONTOSO, cloud);
		expect([newer.status, json(newer)]).toMatchObject([
			status,
			{ errorName: expect.any(String), message: expect.stringContaining(templateId) },
		]);
	},
);

test.each([
	['emptyList', 200, { totalCount: 0, items: [] }],
	['600009', 404, { code: 600009, isRetryable: false }],
] as const)('no agreements can be %s', async (position, status, body) => {
	harness.emulator.switches.noAgreements = position;
	const answer = await harness.agreements(CONTOSO);
	expect(answer.status).toBe(status);
	expect(json(answer)).toMatchObject(body);
});

test.each([true, false])('answers with a byte order mark: %p', async (bom) => {
	harness.emulator.switches.bom = bom;
	const url = `/v1/customers/${CONTOSO}`;
	const { access_token } = await harness.emulator.issueTokens({ kind: 'user' });
	const { data } = await harness.http.get<ArrayBuffer>(url, {
		responseType: 'arraybuffer',
		headers: { Authorization: `Bearer ${access_token}` },
	});
	const start = Buffer.from(data).subarray(0, 3).toString('hex');
	expect(start === 'efbbbf').toBe(bom);
});

test('a contact can be shown tidied, and is still compared as it came', async () => {
	harness.emulator.switches.tidyContacts = true;
	const contact = {
		firstName: 'Ne\u0301a  Lu',
		email: 'Some.One@Example.com',
		phoneNumber: '+31 (30)',
	};
	const request = requestWithContact(contact);
	const tidied = { firstName: 'N\u00E9a Lu', email: 'some.one@example.com', phoneNumber: '3130' };
	const answer = await harness.confirm(CONTOSO, request);
	expect([answer.status, json(answer)]).toMatchObject([201, { primaryContact: tidied }]);
	expect(json(await harness.agreements(CONTOSO))).toMatchObject({
		items: [{ primaryContact: tidied }],
	});
	expect((await harness.confirm(CONTOSO, request)).status).toBe(409);
	expect((await harness.confirm(CONTOSO, requestWithContact(tidied))).status).toBe(201);
});

describe('a write repeated with the same MS-RequestId', () => {
	const headers = () => ({ 'MS-RequestId': randomUUID() });

	test('gets the first answer again and writes once', async () => {
		const same = headers();
		const first = await harness.confirm(CONTOSO, documented.confirmRequest, same);
		const second = await harness.confirm(CONTOSO, documented.confirmRequest, same);
		expect([second.status, second.data]).toEqual([201, first.data]);
		expect(json(await harness.agreements(CONTOSO))).toMatchObject({ totalCount: 1 });
	});

	test('gets a business failure again even when its cause has gone', async () => {
		const same = headers();
		const first = await harness.confirm(UNKNOWN_CUSTOMER, documented.confirmRequest, same);
		harness.emulator.seed({
			customers: [{ id: UNKNOWN_CUSTOMER, companyName: 'New', domain: 'new.example' }],
		});
		const second = await harness.confirm(UNKNOWN_CUSTOMER, documented.confirmRequest, same);
		expect([first.status, second.status]).toEqual([404, 404]);
		const fresh = await harness.confirm(UNKNOWN_CUSTOMER, documented.confirmRequest, headers());
		expect(fresh.status).toBe(201);
	});

	test('is a new write when the body differs', async () => {
		const same = headers();
		await harness.confirm(CONTOSO, documented.confirmRequest, same);
		const other = await harness.confirm(CONTOSO, requestWithContact({ lastName: 'Berg' }), same);
		expect(other.status).toBe(201);
		expect(json(await harness.agreements(CONTOSO))).toMatchObject({ totalCount: 2 });
	});

	test('does not replay a refused token', async () => {
		const same = headers();
		const refused = await harness.confirm(CONTOSO, documented.confirmRequest, {
			...same,
			Authorization: 'Bearer nothing',
		});
		expect(refused.status).toBe(401);
		expect((await harness.confirm(CONTOSO, documented.confirmRequest, same)).status).toBe(201);
	});

	test('is a duplicate when Partner Center does not remember request ids', async () => {
		harness.emulator.switches.replaySameRequestId = false;
		const same = headers();
		await harness.confirm(CONTOSO, documented.confirmRequest, same);
		const second = await harness.confirm(CONTOSO, documented.confirmRequest, same);
		expect(json(second)).toEqual(documented.alreadyExists);
	});
});
