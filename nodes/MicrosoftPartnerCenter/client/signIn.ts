/**
 * One token renewal for all requests under way, and one more try for each of them.
 *
 * n8n's own renewal can't be used: it happens only where an HTTP status is thrown, which would
 * lose the answer's headers, and up to n8n 2.29 it makes one token request per refused request.
 * With refresh tokens that may be used once, all but the first of those are refused.
 */
import { SignInError, type HttpRequest, type HttpResponse, type Send } from './http';

/** How often the token of one credential was renewed in this process, and the renewal under way. */
export interface SignInState {
	renewals: number;
	underWay: Promise<void> | undefined;
}

/**
 * @param send sends with the token that is stored at that moment
 * @param renew has the stored token renewed; rejects with a SignInError
 * @param state shared by everybody who uses the same credential
 */
export function keepSignedIn(send: Send, renew: () => Promise<void>, state: SignInState): Send {
	/** A token that is refused right after its renewal won't get better by renewing it again. */
	let refusedSince: number | undefined;

	/** A renewal that Microsoft Entra refuses stays refused: it is asked once, and everybody is told. */
	let noMoreRenewals: { at: number; error: SignInError } | undefined;

	async function renewOnce(): Promise<void> {
		state.underWay ??= renew()
			.then(() => {
				state.renewals += 1;
			})
			.finally(() => {
				state.underWay = undefined;
			});
		await state.underWay.catch((error: unknown) => {
			if (error instanceof SignInError) noMoreRenewals = { at: state.renewals, error };
			throw error;
		});
	}

	return async (request: HttpRequest): Promise<HttpResponse> => {
		if (state.underWay !== undefined) await state.underWay;
		const sentWith = state.renewals;
		if (noMoreRenewals?.at === sentWith) throw noMoreRenewals.error;
		const first = await send(request);
		if (first.status !== 401) {
			// A token that is accepted once is good: a later 401 means that it has expired since.
			refusedSince = undefined;
			return first;
		}
		// A token that is known to be refused is not renewed again, but every request has its second try.
		const isWorthRenewing = sentWith === state.renewals && refusedSince !== state.renewals;
		if (isWorthRenewing) await renewOnce();
		const renewedTo = state.renewals;
		const second = await send(request);
		refusedSince = second.status === 401 ? renewedTo : undefined;
		return second;
	};
}
