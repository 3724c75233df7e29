/** The probe reads, unless it is told to write. */
import { startEmulator, type Emulator } from '../../../dev/emulator/startEmulator';
import { answerTo, probe } from './support';

const CUSTOMER = 'd0c6b5ac-2f0e-4b7a-9f4b-0c1a2b3c4d5e';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
	emulator.addCustomer({ id: CUSTOMER, companyName: 'Contoso Test', domain: 'test.example' });
});
afterAll(async () => await emulator.close());

const writes = () =>
	emulator.requests.filter(({ method, path }) => method !== 'GET' && path.startsWith('/v1/'));

test('without --write nothing is changed, and the report says what was not asked', async () => {
	const before = structuredClone(emulator.state);
	const probed = await probe(emulator);
	expect(writes()).toEqual([]);
	expect(emulator.state).toEqual(before);
	expect(answerTo(probed, /600061/)).toContain('--write');
	expect(probed.switches).not.toHaveProperty('legacyConfirmation');
	expect(probed.switches).toMatchObject({ totalCount: emulator.switches.totalCount });
});

test('with it, only the one customer is written to', async () => {
	await probe(emulator, { survey: { auditWaitSeconds: 1, writeTo: CUSTOMER } });
	const confirmations = writes().filter(({ path }) => path.includes('/customers/'));
	expect(confirmations).not.toEqual([]);
	for (const { path } of confirmations) expect(path).toBe(`/v1/customers/${CUSTOMER}/agreements`);
});

test('nobody accepts an attestation in the customer’s name', async () => {
	emulator.switches.attestation = 'preview';
	const probed = await probe(emulator, { survey: { auditWaitSeconds: 1, writeTo: CUSTOMER } });
	emulator.switches.attestation = 'off';
	expect(emulator.attestations).toMatchObject([{ acceptedAt: undefined }]);
	expect(answerTo(probed, /last call is taken/)).toMatch(/^Nobody accepted/);
});

test('the contact of a confirmation is at a domain that takes no mail', async () => {
	await probe(emulator, { survey: { auditWaitSeconds: 1, writeTo: CUSTOMER } });
	const customer = emulator.state.customers.find(({ id }) => id === CUSTOMER);
	const domains = customer?.agreements.map(
		({ primaryContact }) => primaryContact.email.split('@')[1],
	);
	expect([...new Set(domains)]).toEqual(['Example.COM']);
});
