/** Fields are read before their item's turn, in input order, and no further than there is room. */
import { ReadAhead } from '../../../nodes/MicrosoftPartnerCenter/n8n/readAhead';

const turn = async () => await new Promise<void>((resolve) => setImmediate(resolve));

/** More turns than reading five items takes. */
async function someTime(): Promise<void> {
	for (let turns = 0; turns < 20; turns += 1) await turn();
}

/** Five items, of which the third can't be used. */
function reading({ depth = 2 } = {}) {
	const read: number[] = [];
	const over = { isOver: false };
	const items = new ReadAhead<string>({
		prepare: (item) => {
			read.push(item);
			if (item === 2) throw new Error('no e-mail address');
			return `fields of item ${item}`;
		},
		count: 5,
		depth: () => depth,
		isOver: () => over.isOver,
		pause: turn,
	});
	return { items, read, over };
}

it('reads nothing before it is asked to, and then as many more as there is room for', async () => {
	const { items, read } = reading();
	await someTime();
	expect(read).toEqual([]);
	items.take();
	expect(read).toEqual([0]);
	await someTime();
	expect(read).toEqual([0, 1, 2]);
});

it('gives out each item once and in order, however quickly they are taken', async () => {
	const { items, read } = reading();
	const taken = [items.take().item, items.take().item];
	await someTime();
	while (items.hasNext) taken.push(items.take().item);
	await someTime();
	expect([taken, read]).toEqual([
		[0, 1, 2, 3, 4],
		[0, 1, 2, 3, 4],
	]);
});

it('tells that an item can not be used when its turn has come, not before', async () => {
	const { items, read } = reading();
	items.take();
	await someTime();
	expect(read).toContain(2);
	expect(items.take()).not.toHaveProperty('fault');
	expect(items.take()).toMatchObject({ item: 2, fault: new Error('no e-mail address') });
	expect(items.take()).toEqual({ item: 3, prepared: 'fields of item 3' });
});

it('reads no further once the run is over', async () => {
	const { items, read, over } = reading();
	items.take();
	over.isOver = true;
	await someTime();
	expect(read).toEqual([0]);
});
