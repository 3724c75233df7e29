/** S1: what an item costs when the server takes no time, beside the rivals for the same job. */
import { figureOf, ratioOf, show } from '../statistics';
import { confirm, httpRequest, naive } from '../workflows';
import {
	EXISTING_EVERY,
	outcomes,
	requireItems,
	runRound,
	type Line,
	type Measurement,
} from './measurement';

const MAX_OF_HTTP_REQUEST = 0.2;
const MAX_OF_NAIVE = 0.3;

export const engineCost: Measurement = async (bench) => {
	const { place, sizes, progress } = bench;
	const count = sizes.engineCost;
	const { confirmed, existing } = outcomes(count);
	const contenders = [
		{ name: 'this node', made: confirm(count), expected: [confirmed, existing] },
		{
			name: 'HTTP Request',
			made: httpRequest(count, place.emulator.baseUrl),
			expected: [existing, confirmed],
		},
		{ name: 'naive node', made: naive(count), expected: [confirmed, existing] },
	];
	await place.bring(contenders.map(({ made }) => made));
	const perItem = contenders.map(() => ({ wall: [] as number[], cpu: [] as number[] }));
	for (let round = 1; round <= sizes.rounds; round++) {
		progress(`S1 round ${round} of ${sizes.rounds}, ${count} items each`);
		for (const [index, { name, made, expected }] of contenders.entries()) {
			await place.emulator.prepare(count, {}, { existingEvery: EXISTING_EVERY });
			const { wall, cpu, items } = await runRound(bench, name, made);
			requireItems(name, items, expected);
			perItem[index]?.wall.push(wall / count);
			perItem[index]?.cpu.push(cpu / count);
		}
	}
	const [ours, http, naiveNode] = perItem;
	if (ours === undefined || http === undefined || naiveNode === undefined) {
		throw new Error('A contender is missing');
	}
	const line = (kind: 'wall' | 'cpu', rival: string, theirs: typeof ours, goal: number): Line => {
		const ratio = ratioOf(ours[kind], theirs[kind]);
		return {
			measured: `Engine cost, ${kind === 'cpu' ? 'CPU' : 'wall'} time an item, N = ${count}`,
			ours: `${show(figureOf(ours[kind]))} ms`,
			beside: `${rival}: ${show(figureOf(theirs[kind]))} ms`,
			result: show(ratio),
			goal: `≤ ${goal.toFixed(2)}`,
			isReached: ratio.median <= goal,
			judged: ratio,
		};
	};
	return [
		line('wall', 'HTTP Request', http, MAX_OF_HTTP_REQUEST),
		line('cpu', 'HTTP Request', http, MAX_OF_HTTP_REQUEST),
		line('wall', 'naive node', naiveNode, MAX_OF_NAIVE),
		line('cpu', 'naive node', naiveNode, MAX_OF_NAIVE),
	];
};
