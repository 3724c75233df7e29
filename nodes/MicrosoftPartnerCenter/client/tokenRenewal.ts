/**
 * One token renewal for all requests that need one, and one more try for each of them.
 *
 * A renewal belongs to the process, as in Azure SDK's token cycler: whoever begins it may be
 * cancelled or run out of time, and the others still get their token. Each waits for no longer than
 * its own Timeout.
 *
 * n8n's own renewal can't be used: it happens only where an HTTP status is thrown, which would
 * lose the answer's headers, and up to n8n 2.29 it makes one token request per refused request.
 * With refresh tokens that may be used once, all but the first of those are refused.
 */
import type { Clock } from './clock';
import { NoAnswerError, SignInError, type HttpRequest, type HttpResponse } from './http';
import { waitUpTo } from './waitUpTo';

/** A token endpoint that says nothing for this long is given up, in milliseconds; the next may try. */
export const MAX_RENEWAL_MS = 60_000;
/** How long before it expires a token is renewed, in milliseconds; it saves a request that is refused. */
const EARLY_MS = 60_000;
/** How long a request waits for an early renewal while its token is still valid, in milliseconds. */
const MAX_EARLY_WAIT_MS = 5_000;
/**
 * When a renewed token seems to expire at once, a clock is wrong: for so long, in milliseconds, no
 * token is renewed before it is refused.
 */
const NO_EARLY_MS = 5 * 60_000;

/** Facts about a token, without the token. */
export interface TokenFacts {
	/** Tells it from others; not the token itself. */
	id: string;
	/** In milliseconds since 1970, where the stored token says so. */
	expiresAt?: number;
}

export interface Tokens {
	/**
	 * The token that requests are signed with now.
	 *
	 * @throws {SignInError} when there is none
	 */
	current(): Promise<TokenFacts>;
	/**
	 * Has the stored token renewed; no signal ends it.
	 *
	 * @throws {SignInError | NoAnswerError}
	 */
	renew(): Promise<void>;
}

/** The renewals of one credential in this process. Holds counts and promises, never a token. */
export class TokenRenewals {
	/** How often a token was renewed. */
	count = 0;
	private readonly inFlight = new Map<string, Promise<void>>();
	private earlyFor: string | undefined;
	private noEarlyUntil = Number.NEGATIVE_INFINITY;

	/** @param clock belongs to the process: no execution's end cuts its sleep short */
	constructor(private readonly clock: Pick<Clock, 'monotonic' | 'sleep'>) {}

	get isBusy(): boolean {
		return this.inFlight.size > 0;
	}

	/** The renewal of that token, where one is under way. */
	of(tokenId: string): Promise<void> | undefined {
		return this.inFlight.get(tokenId);
	}

	/** Joins the renewal of that token, or begins it. */
	renew(tokenId: string, work: () => Promise<void>): Promise<void> {
		const known = this.inFlight.get(tokenId);
		if (known !== undefined) return known;
		const renewed = work().then(() => {
			// Counted also when it ends after its time-out, so that the next request reads the stored token anew.
			this.count += 1;
		});
		const bounded = waitUpTo(renewed, MAX_RENEWAL_MS, this.clock)
			.then((outcome) => {
				if (outcome === undefined) throw new NoAnswerError('ETIMEDOUT', 'Microsoft Entra');
			})
			.finally(() => {
				this.inFlight.delete(tokenId);
			});
		this.inFlight.set(tokenId, bounded);
		// If nobody waits any more when it fails, the rejection would end the process as unhandled.
		bounded.catch(() => undefined);
		return bounded;
	}

	/** Whether that token may be renewed early: once, and not while a clock seems to be wrong. */
	mayRenewEarly(tokenId: string): boolean {
		if (this.earlyFor === tokenId || this.clock.monotonic() < this.noEarlyUntil) return false;
		this.earlyFor = tokenId;
		return true;
	}

	/** To be called when the renewed token seems to expire at once, too: a clock is wrong. */
	stopRenewingEarly(): void {
		this.noEarlyUntil = this.clock.monotonic() + NO_EARLY_MS;
	}
}

/**
 * Sends a request once, with the token that is stored at that moment.
 *
 * @param onSend is waited for right before it leaves: it may have waited for its turn for longer
 *   than a token lives
 */
export type SendInTurn = (
	request: HttpRequest,
	onSend: () => Promise<void>,
) => Promise<HttpResponse>;

/** Sends a request, signed in. */
export type SendWithToken = (request: HttpRequest, send: SendInTurn) => Promise<HttpResponse>;

/** What one execution knows of its token: whether it is refused, and whether renewing it helps. */
class SignedInSender {
	/** The renewal after which a fresh token was refused with 401: renewing it again would not help. */
	private refusedAtRenewal: number | undefined;
	/** The renewal that Microsoft Entra refused: this execution's further requests fail at once. */
	private refusedRenewal: { at: number; error: SignInError } | undefined;

	constructor(
		private readonly tokens: Tokens,
		private readonly renewals: TokenRenewals,
		private readonly clock: Clock,
	) {}

	async send(request: HttpRequest, send: SendInTurn): Promise<HttpResponse> {
		const { tokens, renewals } = this;
		await this.renewEarly(await tokens.current(), request);
		let token = await tokens.current();
		let sentWith = renewals.count;
		this.throwIfRenewalWasRefused();
		/** Read when it is sent: a token may expire while the request waits in the queue. */
		const onSend = async () => {
			token = await tokens.current();
			sentWith = renewals.count;
		};
		const first = await send(request, onSend);
		if (first.status !== 401) {
			// A token that is accepted once is good: a later 401 means that it has expired since.
			this.refusedAtRenewal = undefined;
			return first;
		}
		// A token that is known to be refused is not renewed again, but every request has its second try.
		const isWorthRenewing = sentWith === renewals.count && this.refusedAtRenewal !== renewals.count;
		if (isWorthRenewing) await this.renew(token, request);
		const second = await send(request, onSend);
		this.refusedAtRenewal = second.status === 401 ? sentWith : undefined;
		return second;
	}

	/** Renews a token that is about to expire; if that fails, it is used for as long as it is valid. */
	private async renewEarly(token: TokenFacts, { timeout }: HttpRequest): Promise<void> {
		const { tokens, renewals, clock } = this;
		const underWay = renewals.of(token.id);
		const isDue = this.isShortLived(token) && renewals.mayRenewEarly(token.id);
		if (underWay === undefined && !isDue) return;
		const isValid = token.expiresAt !== undefined && token.expiresAt > clock.now();
		const renewal = underWay ?? renewals.renew(token.id, () => tokens.renew());
		const wait = isValid ? Math.min(timeout, MAX_EARLY_WAIT_MS) : timeout;
		const isRenewed = await this.waitFor(renewal, wait).then(
			() => true,
			(error: unknown) => {
				const isOfTheRenewal = error instanceof SignInError || error instanceof NoAnswerError;
				if (isOfTheRenewal && isValid) return false;
				throw error;
			},
		);
		if (isRenewed && this.isShortLived(await tokens.current())) renewals.stopRenewingEarly();
	}

	/** Renews a token that was refused. */
	private async renew(token: TokenFacts, { timeout }: HttpRequest): Promise<void> {
		const at = this.renewals.count;
		this.throwIfRenewalWasRefused();
		const renewal = this.renewals.renew(token.id, () => this.tokens.renew());
		await this.waitFor(renewal, timeout).catch((error: unknown) => {
			if (error instanceof SignInError) this.refusedRenewal = { at, error };
			throw error;
		});
	}

	/** @throws {NoAnswerError} when it takes longer than that, in milliseconds */
	private async waitFor(renewal: Promise<void>, timeout: number): Promise<void> {
		const outcome = await waitUpTo(renewal, timeout, this.clock);
		if (outcome === undefined) throw new NoAnswerError('ETIMEDOUT', 'Microsoft Entra');
	}

	private isShortLived({ expiresAt }: TokenFacts): boolean {
		const left = (expiresAt ?? Number.POSITIVE_INFINITY) - this.clock.now();
		return left < EARLY_MS;
	}

	private throwIfRenewalWasRefused(): void {
		if (this.refusedRenewal?.at === this.renewals.count) throw this.refusedRenewal.error;
	}
}

/**
 * @param renewals shared by everybody who uses the same credential
 * @param clock of the execution: its sleep ends when that is cancelled
 */
export function keepSignedIn(tokens: Tokens, renewals: TokenRenewals, clock: Clock): SendWithToken {
	const sender = new SignedInSender(tokens, renewals, clock);
	return async (request, send) => await sender.send(request, send);
}
