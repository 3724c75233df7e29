/** What was done at Partner Center, by the emulator's callers and by tests that write records. */
import {
	auditRecord,
	auditRecordId,
	auditRecordSchema,
	type AuditRecord,
	type AuditRecordInput,
} from './auditRecord';
import { LatestList, type Kept } from '../keepLatest';
import { parseTicks, ticksOf } from './ticks';

interface Entry {
	record: AuditRecord;
	/** Milliseconds since 1970; a record may be dated otherwise. */
	recordedAt: number;
}

const TICKS_IN_A_MILLISECOND = 10_000;

const KEPT_RECORDS = 100_000;

export class AuditTrail {
	private readonly latest = new LatestList<Entry>(KEPT_RECORDS);
	private readonly ids = new Set<string>();
	/** Keeps records of the same millisecond apart, and in their order. */
	private lastTicks = 0n;

	constructor(private readonly partner: string) {}

	get counts(): Kept {
		return this.latest.counts;
	}

	/** The records, in the order it was written, whether callers see it already or not. */
	get records(): readonly AuditRecord[] {
		return this.latest.entries.map(({ record }) => record);
	}

	/** What is left out is filled in: a confirmed agreement, just now. @throws ZodError */
	add(input: AuditRecordInput): AuditRecord {
		const settings = auditRecordSchema.parse(input);
		const partnerId = settings.partnerId ?? this.partner;
		const now = Date.now();
		const ticks = parseTicks(settings.operationDate ?? '') ?? this.nextTicks(now);
		let idTicks = ticks;
		while (this.ids.has(auditRecordId(settings, partnerId, idTicks))) idTicks += 1n;
		const id = settings.id ?? auditRecordId(settings, partnerId, idTicks);
		this.ids.add(id);
		const record = auditRecord(settings, { id, partnerId, ticks });
		const dropped = this.latest.push({ record, recordedAt: now });
		if (dropped !== undefined) this.ids.delete(dropped.record.id);
		return record;
	}

	/** The latest first, as Microsoft's examples are; of one moment, the last written first. */
	visible(delaySeconds: number): AuditRecord[] {
		const until = Date.now() - delaySeconds * 1000;
		return this.latest.entries
			.filter(({ recordedAt }) => recordedAt <= until)
			.map(({ record }) => record)
			.reverse()
			.sort(({ operationDate: a }, { operationDate: b }) => (a < b ? 1 : a > b ? -1 : 0));
	}

	/** Now, to seven digits, but later than any before. */
	private nextTicks(now: number): bigint {
		const ticks = ticksOf(now) + BigInt(Math.floor(Math.random() * TICKS_IN_A_MILLISECOND));
		this.lastTicks = ticks > this.lastTicks ? ticks : this.lastTicks + 1n;
		return this.lastTicks;
	}

	clear(): void {
		this.latest.clear();
		this.ids.clear();
	}
}
