/**
 * S3: a server that answers 429 beyond so many requests a minute. Nothing may be lost, and little
 * time. The emulator counts with a token bucket that holds one second's worth, so that the limit is
 * felt from the first second on.
 */
import { figureOf, show } from '../statistics';
import { confirm, httpRequest } from '../workflows';
import { requireItems, runRound, type Measurement } from './measurement';

const PER_MINUTE = 3_000;
const BURST = PER_MINUTE / 60;
const LOAD = { rateLimit: PER_MINUTE, rateBurst: BURST };
const MAX_OF_LIMIT = 1.05;
const MAX_REFUSED = 0.02;

const percent = (share: number) => share * 100;

export const rateLimit: Measurement = async (bench) => {
	const { place, sizes, progress } = bench;
	const count = sizes.rateLimit;
	const times: number[] = [];
	const ratios: number[] = [];
	const refused: number[] = [];
	const lost: number[] = [];
	const lostByHttp: number[] = [];
	let allowed = 0;
	for (let round = 1; round <= sizes.rounds; round++) {
		progress(`S3 round ${round} of ${sizes.rounds}, ${count} items`);
		await place.emulator.prepare(count, LOAD);
		const { wall, items } = await runRound(bench, 'this node', confirm(count));
		const seen = await place.emulator.seen();
		requireItems('this node', [items.reduce((sum, one) => sum + one, 0)], [count]);
		// The requests that have to pass: one for the template, one for each customer.
		allowed = ((count + 1 - BURST) / PER_MINUTE) * 60;
		times.push(wall / 1000);
		ratios.push(wall / 1000 / allowed);
		refused.push(percent(seen.refused / seen.requests));
		lost.push(count - seen.withAgreement);

		await place.emulator.prepare(count, LOAD);
		await runRound(bench, 'HTTP Request', httpRequest(count, place.emulator.baseUrl));
		const { withAgreement } = await place.emulator.seen();
		lostByHttp.push(count - withAgreement);
	}
	const [ratio, share, missing] = [figureOf(ratios), figureOf(refused), figureOf(lost)];
	const measured = `Limit ${PER_MINUTE} a minute, N = ${count}`;
	return [
		{
			measured: `${measured}: time`,
			ours: `${show(figureOf(times), 1)} s`,
			beside: `the limit allows: ${allowed.toFixed(1)} s`,
			result: show(ratio, 3),
			goal: `≤ ${MAX_OF_LIMIT.toFixed(2)}`,
			isReached: ratio.median <= MAX_OF_LIMIT,
			judged: ratio,
		},
		{
			measured: `${measured}: refused requests`,
			ours: `${show(share)} %`,
			beside: '',
			result: `${show(share)} %`,
			goal: `≤ ${percent(MAX_REFUSED)} %`,
			isReached: share.median <= percent(MAX_REFUSED),
			judged: share,
		},
		{
			measured: `${measured}: customers lost`,
			ours: show(missing, 0),
			beside: `HTTP Request: ${show(figureOf(lostByHttp), 0)}`,
			result: show(missing, 0),
			goal: '0',
			isReached: missing.most === 0,
			judged: missing,
		},
	];
};
