/** What grows with every call is bounded, and what made room is counted. */
import { LatestList, LatestMap } from '../../../dev/emulator/keepLatest';
import { CONTOSO, emulatorForThisFile, json } from './support/emulator';
import { documented } from './support/fixtures';

const harness = emulatorForThisFile({ keptRequests: 2 });

test('D21: the emulator says how much it keeps, and how much it dropped', async () => {
	harness.emulator.faults.script([{ what: 'status-500' }]);
	await harness.agreements(CONTOSO);
	await harness.agreements(CONTOSO);
	await harness.confirm(CONTOSO, documented.confirmRequest, { 'MS-RequestId': CONTOSO });
	expect(harness.emulator.requests).toHaveLength(2);
	expect(json(await harness.http.get<string>('/_emulator/kept'))).toEqual({
		requests: { capacity: 2, kept: 2, dropped: 1 },
		appliedFaults: { capacity: 50_000, kept: 1, dropped: 0 },
		auditRecords: { capacity: 100_000, kept: 1, dropped: 0 },
		rememberedWrites: { capacity: 5_000, kept: 1, dropped: 0 },
		documentLinks: { capacity: 10_000, kept: 0, dropped: 0 },
		tokenRequests: { capacity: 50_000, kept: 0, dropped: 0 },
		attestations: { capacity: 10_000, kept: 0, dropped: 0 },
		refreshTokens: { capacity: 50_000, kept: 3, dropped: 0 },
		liveAccessTokens: { capacity: 100_000, kept: 3, dropped: 0 },
		authorizationCodes: { capacity: 10_000, kept: 0, dropped: 0 },
		deviceCodes: { capacity: 10_000, kept: 0, dropped: 0 },
	});
});

test('D21: the oldest makes room for the newest', () => {
	const list = new LatestList<number>(2);
	const map = new LatestMap<number>(2);
	for (const each of [1, 2, 3]) {
		list.push(each);
		map.set(String(each), each);
	}
	expect(list.entries).toEqual([2, 3]);
	expect([map.get('1'), map.get('2'), map.get('3')]).toEqual([undefined, 2, 3]);
	expect([list.counts, map.counts]).toEqual(Array(2).fill({ capacity: 2, kept: 2, dropped: 1 }));
});
