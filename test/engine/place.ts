/** The workplace of the test that runs: opened by the test, closed after it. */
import type { EmulatorOptions } from '../../dev/emulator/startEmulator';
import { openWorkplace, type Workplace } from './workplace';

/** The one that was opened last. */
export let place: Workplace;
let opened: Workplace[] = [];

export async function open(options?: EmulatorOptions): Promise<Workplace> {
	place = await openWorkplace(options);
	opened.push(place);
	return place;
}

/** A signed token, or the parameter that n8n's helper would put one into. */
const TOKEN = /access_token|eyJ[\w-]{10,}\.eyJ/;

afterEach(async () => {
	// Whatever a test is about: a token is in the Authorization header, which the log leaves out.
	for (const { emulator } of opened) {
		for (const { path, headers, body } of emulator.requests) {
			expect(`${path} ${JSON.stringify(headers)} ${body}`).not.toMatch(TOKEN);
		}
	}
	await Promise.all(opened.map((one) => one.close()));
	opened = [];
});
