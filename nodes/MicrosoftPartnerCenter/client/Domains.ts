/** Whether the domain of a new customer is taken: by any tenant of Microsoft's cloud, not only one's own. */
import { z } from 'zod';

import { PartnerCenterError, refused } from './errors';
import type { HttpResponse } from './http';
import type { CallOptions, Requester } from './Requester';

/** Partner Center puts these headers into every answer; a proxy that answers in its place does not. */
function isFromPartnerCenter(headers: HttpResponse['headers']): boolean {
	return ['ms-requestid', 'ms-correlationid'].some((name) => Boolean(headers[name]));
}

export class Domains {
	constructor(private readonly requester: Requester) {}

	/**
	 * `HEAD /v1/domains/{domain}`: 200 means taken, 404 free; there is no body. A 404 of a proxy would read
	 * as free, so an answer without Partner Center's own headers is an error.
	 *
	 * @param domain e.g. `contoso.onmicrosoft.com`
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/verify-domain-availability
	 */
	async isTaken(domain: string, call: CallOptions): Promise<boolean> {
		const answer = await this.requester.send(
			{
				method: 'HEAD',
				path: `/v1/domains/${encodeURIComponent(domain)}`,
				schema: z.unknown(),
				expected: 'a status',
				anyBody: true,
			},
			call,
		);
		const status = answer.ok ? 200 : answer.refusal.status;
		if (status !== 200 && status !== 404) {
			if (!answer.ok) throw refused(answer.refusal, answer);
		}
		if (!isFromPartnerCenter(answer.headers)) {
			const fault = { is: 'unsigned' } as const;
			throw new PartnerCenterError({ kind: 'unreadable', status, fault, call: answer });
		}
		return status === 200;
	}
}
