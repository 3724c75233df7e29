/** What a worker says of itself in n8n's own words, at the log level "debug". */

/** The executions that it began, oldest first. */
export function started(log: string): string[] {
	return idsAfter(log, 'Worker started execution');
}

/** Those that it began and has not ended. */
export function underWay(log: string): string[] {
	const ended = new Set(idsAfter(log, 'Worker finished execution'));
	return started(log).filter((id) => !ended.has(id));
}

/** How often it asked Microsoft Entra for a new token: the words of n8n 1.x and of 2.x. */
export function tokenRequests(log: string): number {
	return (
		log.match(/Refreshing the OAuth2 token for|OAuth2 token for .* Revalidating\./g)?.length ?? 0
	);
}

function idsAfter(log: string, words: string): string[] {
	return [...log.matchAll(new RegExp(`${words} (\\d+)`, 'g'))].map(([, id]) => String(id));
}
