/** The workplace of the test that runs: opened by the test, closed after it. */
import type { EmulatorOptions } from '../../emulator/startEmulator';
import { openWorkplace, type Workplace } from './workplace';

/** The one that was opened last. */
export let place: Workplace;
let opened: Workplace[] = [];

export async function open(options?: EmulatorOptions): Promise<Workplace> {
	place = await openWorkplace(options);
	opened.push(place);
	return place;
}

afterEach(async () => {
	await Promise.all(opened.map((one) => one.close()));
	opened = [];
});
