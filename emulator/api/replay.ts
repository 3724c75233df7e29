/**
 * MS-RequestId makes a write idempotent: the same id with the same body gets the first answer again
 * (learn.microsoft.com, partner-center/developer/headers). Remembered until the emulator is reset.
 */
export interface WriteAnswer {
	status: number;
	body: Record<string, unknown>;
}

export class ReplayMemory {
	private readonly answers = new Map<string, WriteAnswer>();

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

function keyOf(requestId: string, path: string, body: string): string {
	return JSON.stringify([requestId.toLowerCase(), path.toLowerCase(), body]);
}
