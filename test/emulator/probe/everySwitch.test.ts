/** The probe finds each switch of the emulator by itself, in each of its settings. */
import { choicesOf, switchNames } from '../../../dev/probe/emulatorRuns/choices';
import { probeEmulator } from '../../../dev/probe/emulatorRuns/probeEmulator';
import { questions } from '../../../dev/probe/questions/questions';

jest.setTimeout(60_000);

/** With this nothing is hidden: confirmations and attestations work, and the customer has to accept. */
const OPEN = { attestation: 'preview' } as const;

const settled = new Set(questions.flatMap(({ settles }) => settles ?? []));

test('a question finds each switch', () => {
	expect(switchNames.filter((name) => !settled.has(name))).toEqual([]);
});

describe.each(switchNames)('%s', (name) => {
	test.each(choicesOf(name))('is found to be %s', async (choice) => {
		const { result, missed } = await probeEmulator({ ...OPEN, [name]: choice });
		expect(result.switches).toHaveProperty(name, choice);
		expect(missed).toEqual([]);
	});
});
