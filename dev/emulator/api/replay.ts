/**
 * MS-RequestId makes a write idempotent: the same id with the same body gets the first answer again
 * (learn.microsoft.com, partner-center/developer/headers). Remembered until the emulator is reset, or
 * until many more were written.
 */
import { LatestMap, type Kept } from '../keepLatest';
import type { Switches } from '../switches';
import { ApiError, errorBody } from './apiErrors';

export interface WriteAnswer {
	status: number;
	body: Record<string, unknown>;
}

const KEPT_ANSWERS = 5_000;

export class ReplayMemory {
	get counts(): Kept {
		return this.answers.counts;
	}

	private readonly answers = new LatestMap<WriteAnswer>(KEPT_ANSWERS);

	recall(requestId: string, path: string, body: string): WriteAnswer | undefined {
		return this.answers.get(keyOf(requestId, path, body));
	}

	remember(requestId: string, path: string, body: string, answer: WriteAnswer): void {
		this.answers.set(keyOf(requestId, path, body), answer);
	}

	clear(): void {
		this.answers.clear();
	}
}

export interface WriteCall {
	path: string;
	/** The body exactly as received. */
	body: string;
	requestId: string | undefined;
}

/** Writes once per MS-RequestId and body; refusals are answers too, and are replayed as well. */
export function onceByRequestId(
	{ switches, replays }: { switches: Switches; replays: ReplayMemory },
	{ requestId, path, body }: WriteCall,
	write: () => WriteAnswer,
): WriteAnswer {
	const remembers = requestId !== undefined && switches.replaySameRequestId;
	const first = remembers ? replays.recall(requestId, path, body) : undefined;
	if (first !== undefined) return first;
	const answer = answerOf(switches, write);
	if (remembers) replays.remember(requestId, path, body, answer);
	return answer;
}

function answerOf(switches: Switches, write: () => WriteAnswer): WriteAnswer {
	try {
		return write();
	} catch (error) {
		if (error instanceof ApiError)
			return { status: error.status, body: errorBody(error, switches) };
		throw error;
	}
}

function keyOf(requestId: string, path: string, body: string): string {
	return JSON.stringify([requestId.toLowerCase(), path.toLowerCase(), body]);
}
