/** The activity log under the path of the REST reference (`rest/api/partner-center/audit-operations`). */
import { CONTOSO, emulatorForThisFile, json } from './support/emulator';
import { documented } from './support/fixtures';

const harness = emulatorForThisFile();
const get = async (url: string) => await harness.call({ url });

beforeEach(async () => {
	await harness.confirm(CONTOSO, documented.confirmRequest);
});

test('it lists what the other path lists, by the reference’s names of parameters', async () => {
	const today = new Date().toISOString().slice(0, 10);
	const url = `/auditactivity/v1/auditrecords?auditRequest.startDate=${today}&auditRequest.size=5`;
	const [one, other] = [await get(url), await get(`/v1/auditrecords?startDate=${today}&size=5`)];
	expect(one.status).toBe(200);
	expect(one.data).toBe(other.data);
	const old = await get('/auditactivity/v1/auditrecords?auditRequest.startDate=2020-01-01');
	expect(old.status).toBe(400);
});

test('a record by its id, and null for an id that nobody has', async () => {
	const [record] = harness.emulator.audit.records;
	const found = await get(`/auditactivity/v1/auditrecords/${record?.id}`);
	expect(json(found)).toEqual(record);
	const none = await get('/auditactivity/v1/auditrecords/none');
	expect([none.status, none.data]).toEqual([200, 'null']);
});

test('its calls are those of the API: tracing, sign-in, byte order mark', async () => {
	const url = '/auditactivity/v1/auditrecords';
	const bare = await harness.http.get<string>(url);
	expect([bare.status, bare.headers['ms-requestid']]).toEqual([401, expect.any(String)]);
	harness.emulator.switches.bom = true;
	const { data } = await harness.http.get<ArrayBuffer>(url, { responseType: 'arraybuffer' });
	expect(Buffer.from(data).subarray(0, 3).toString('hex')).toBe('efbbbf');
});
