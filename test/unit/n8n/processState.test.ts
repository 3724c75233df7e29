/** What is shared in this process: kept while it is used, and an hour longer. */
import { processClock } from '../../../nodes/MicrosoftPartnerCenter/n8n/clock';
import { createProcessState } from '../../../nodes/MicrosoftPartnerCenter/n8n/processState';

const HOUR_MS = 60 * 60_000;
const now = jest.spyOn(processClock, 'monotonic');
afterAll(() => now.mockRestore());

const isKept = (state: ReturnType<typeof createProcessState<object>>, value: object) =>
	state.getOrCreate('a', () => ({})) === value;

it('is the same for everybody for an hour after its last use', () => {
	now.mockReturnValue(0);
	const state = createProcessState<object>(10);
	const value = state.getOrCreate('a', () => ({}));
	now.mockReturnValue(HOUR_MS);
	// Entries are dropped when any of them is asked for.
	state.getOrCreate('b', () => ({}));
	expect(isKept(state, value)).toBe(true);
	now.mockReturnValue(2 * HOUR_MS + 1);
	state.getOrCreate('b', () => ({}));
	expect(isKept(state, value)).toBe(false);
});

it('beyond the number that is kept, the one that was unused for longest goes', () => {
	now.mockReturnValue(0);
	const state = createProcessState<object>(1);
	const value = state.getOrCreate('a', () => ({}));
	now.mockReturnValue(1);
	state.getOrCreate('b', () => ({}));
	expect(isKept(state, value)).toBe(false);
});

it('stays while it is busy, however long ago it was used and however many there are', () => {
	now.mockReturnValue(0);
	const busy = {};
	const state = createProcessState<object>(1, (value) => value === busy);
	state.getOrCreate('a', () => busy);
	now.mockReturnValue(3 * HOUR_MS);
	state.getOrCreate('b', () => ({}));
	expect(isKept(state, busy)).toBe(true);
});
