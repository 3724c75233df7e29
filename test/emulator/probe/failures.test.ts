/** What goes wrong on the way costs no more than it has to. */
import { startEmulator, type Emulator } from '../../../dev/emulator/startEmulator';
import { answerTo, APP, probe } from './support';

const WITHOUT_RELATIONSHIP = 'f34259b5-9534-41ed-990f-90bbeb62b024';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
});
beforeEach(() => emulator.reset());
afterAll(async () => await emulator.close());

test('a call that fails costs its own question, and no other', async () => {
	const all = await probe(emulator);
	const script = { match: { path: '^/v1/auditrecords' }, what: 'reset-before-write' } as const;
	emulator.faults.script([script]);
	const probed = await probe(emulator);
	expect(answerTo(probed, /30 days/)).toMatch(/^The call failed: .+ did not answer$/);
	const { auditWindow, ...others } = all.switches;
	expect(auditWindow).toBe('truncate');
	expect(probed.switches).toEqual(others);
});

test('a confirmation that is refused for another reason does not count as retired', async () => {
	const survey = { auditWaitSeconds: 1, writeTo: WITHOUT_RELATIONSHIP };
	const probed = await probe(emulator, { survey });
	expect(answerTo(probed, /still work/)).toContain('code 20002');
	expect(probed.switches).not.toHaveProperty('legacyConfirmation');
});

test('a refusal of Microsoft Entra is passed on in its own words', async () => {
	const { tenant, clientId } = APP;
	await expect(probe(emulator, { app: { tenant, clientId } })).rejects.toThrow('AADSTS7000218');
});

test('a call that is throttled is made again when the answer says', async () => {
	emulator.faults.script([{ match: { path: '^/v1/customers' }, what: 'status-429', times: 2 }]);
	const { switches } = await probe(emulator);
	expect(emulator.faults.pending.script).toEqual([]);
	expect(switches).toHaveProperty('defaultPageSize');
});
