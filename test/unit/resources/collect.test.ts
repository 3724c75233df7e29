/** A list is read as far as it is needed. */
import { collect } from '../../../nodes/MicrosoftPartnerCenter/resources/oneOutput';

function listOf(length: number) {
	const read: number[] = [];
	async function* list() {
		for (let item = 1; item <= length; item += 1) {
			read.push(item);
			yield item;
		}
	}
	return { read, list: list() };
}

it('takes as many as the limit, and asks for no more', async () => {
	const { read, list } = listOf(10);
	await expect(collect(list, { returnAll: false, limit: 3 })).resolves.toEqual([1, 2, 3]);
	expect(read).toEqual([1, 2, 3]);
});

it('takes all of a list that is shorter than the limit', async () => {
	await expect(collect([1, 2], { returnAll: false, limit: 50 })).resolves.toEqual([1, 2]);
});

it('takes everything with Return All, whatever the limit', async () => {
	const { list } = listOf(5);
	await expect(collect(list, { returnAll: true, limit: 1 })).resolves.toHaveLength(5);
});
