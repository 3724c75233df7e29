import { IdleMap } from '../../../nodes/MicrosoftPartnerCenter/client/IdleMap';

let now = 0;
let made = 0;
const create = () => ({ number: ++made, busy: false });
const mapOf = (maxIdle: number, maxEntries: number) =>
	new IdleMap<ReturnType<typeof create>>({
		maxIdle,
		maxEntries,
		now: () => now,
		isBusy: ({ busy }) => busy,
	});

beforeEach(() => {
	now = 0;
	made = 0;
});

it('answers with the same state for the same key', () => {
	const map = mapOf(1000, 10);
	expect(map.getOrCreate('a', create)).toBe(map.getOrCreate('a', create));
	expect(map.getOrCreate('b', create)).not.toBe(map.getOrCreate('a', create));
});

it('drops what nobody has used for a while, and keeps what is used', () => {
	const map = mapOf(1000, 10);
	const kept = map.getOrCreate('kept', create);
	const dropped = map.getOrCreate('dropped', create);
	now = 800;
	map.getOrCreate('kept', create);
	now = 1500;
	expect(map.getOrCreate('kept', create)).toBe(kept);
	expect(map.getOrCreate('dropped', create)).not.toBe(dropped);
});

it('holds no more than so many, and drops the one that was unused for longest', () => {
	const map = mapOf(1000, 3);
	for (const key of ['a', 'b', 'c']) map.getOrCreate(key, create);
	const a = map.getOrCreate('a', create);
	map.getOrCreate('d', create);
	expect(map.getOrCreate('a', create)).toBe(a);
	expect(map.getOrCreate('b', create).number).toBe(5);
});

it('never drops what is in use', () => {
	const map = mapOf(1000, 2);
	const busy = map.getOrCreate('busy', create);
	busy.busy = true;
	now = 5000;
	for (const key of ['a', 'b', 'c']) map.getOrCreate(key, create);
	expect(map.getOrCreate('busy', create)).toBe(busy);
});
