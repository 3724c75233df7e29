/**
 * Sends the client's requests with n8n's authenticated request helper.
 *
 * Every request goes out with `ignoreHttpStatusErrors`, so that an answer's status, headers and
 * body are readable on every n8n version; that switches n8n's own token renewal off, which
 * `keepSignedIn` takes over. What the stored credential holds, and how it is renewed, is in
 * `executionCredential.ts`.
 */
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import {
	CancelledError,
	NoAnswerError,
	NotSentError,
	SignInError,
	type HttpRequest,
	type HttpResponse,
	type Send,
} from '../client/http';
import { keepSignedIn, type SendWithToken } from '../client/tokenRenewal';
import { createClock } from './clock';
import { cancelSignalOf, type RequestContext } from './context';
import { startDeadline, type Deadline } from './deadline';
import { ExecutionCredential, renewalsOf, type CredentialIdentity } from './executionCredential';
import { reasonOf, transportCodeOf } from './helperErrors';
import { readResponse } from './readResponse';

/** How an execution reaches Partner Center with its credential. */
export interface Transport {
	/** Sends once. The credential is looked at when the first request is sent. */
	send: Send;
	/** Sends with a token that is renewed where it has to be. */
	sendWithToken: SendWithToken;
	/** @throws {SignInError | NotSentError} when the credential can't be used */
	identify(): Promise<CredentialIdentity>;
}

/** @param type the type of the credential to sign in with */
export function createTransport(context: RequestContext, type: string): Transport {
	const renewals = renewalsOf(context, type);
	const credential = new ExecutionCredential(context, type, renewals);

	async function send(request: HttpRequest): Promise<HttpResponse> {
		const { baseUrl, accessToken, caller } = await credential.read();
		if (cancelSignalOf(context)?.aborted) throw new CancelledError();
		// n8n would ask for a token for each of these requests; a renewal asks once for all.
		if (accessToken === undefined) return WITHOUT_TOKEN;
		const deadline = startDeadline(cancelSignalOf(context), request.timeout);
		// A fresh object for every try: the helper writes the Authorization header into it.
		const options: IHttpRequestOptions = {
			method: request.method,
			url: `${baseUrl}${request.path}`,
			headers: { ...request.headers },
			json: true,
			encoding: 'stream',
			timeout: request.timeout,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
		};
		if (request.body !== undefined) options.body = request.body as IDataObject;
		try {
			const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
				endingWith(deadline.signal, caller),
				type,
				options,
			);
			return await readResponse(response, request, deadline.signal);
		} catch (error) {
			throw asSendError(error, context, deadline);
		} finally {
			deadline.clear();
		}
	}

	const keptSignedIn = keepSignedIn(credential, renewals, createClock(context));
	const sendWithToken: SendWithToken = async (request, sendInTurn) => {
		const response = await keptSignedIn(request, sendInTurn);
		if (response === WITHOUT_TOKEN) throw new SignInError('OAuth credentials not connected');
		return response;
	};
	return { send, sendWithToken, identify: async () => await credential.identify() };
}

/** In place of the answer to a request without a token, which is not sent: `keepSignedIn` renews on a 401. */
const WITHOUT_TOKEN: HttpResponse = { status: 401, headers: {}, body: '' };

/**
 * n8n's helper ends a request on `getExecutionCancelSignal` and ignores `options.abortSignal`. So that
 * signal is replaced, or the Timeout of the node would do nothing.
 */
function endingWith(signal: AbortSignal, caller: RequestContext): RequestContext {
	return Object.create(caller, {
		getExecutionCancelSignal: { value: () => signal },
	}) as RequestContext;
}

/**
 * What n8n itself says when it declines to send: the credential's allowed domains, its rules against
 * forged requests, or an address that is none. A text that only resembles these may come from an answer.
 */
const DECLINED =
	/^Domain not allowed: This credential is restricted|\bSSRF\b|resolves to a restricted IP address|^Invalid URL\b/i;
/** What n8n says of a credential that it can't use, before it sends. */
const NO_CREDENTIAL =
	/OAuth credentials? not connected|^Credential "[^"]*" needs to be reconnected|does not have (?:any )?credentials? (?:of )?type|No credentials were returned|Found credential with no ID|Credentials? (?:with ID .* does not exist|could not be decrypted)/i;

/**
 * An error that is not known to come from before the request was sent counts as no answer, so that the
 * write is in doubt: an answer that breaks off or can't be decoded is thrown as one of many errors, and
 * its confirmation is recorded.
 */
function asSendError(error: unknown, context: RequestContext, deadline: Deadline): Error {
	if (cancelSignalOf(context)?.aborted) return new CancelledError(true);
	if (deadline.isTimeUp()) return new NoAnswerError('ETIMEDOUT');
	const code = transportCodeOf(error);
	if (code !== undefined) return new NoAnswerError(code);
	const reason = reasonOf(error);
	if (DECLINED.test(reason)) return new NotSentError(reason);
	if (NO_CREDENTIAL.test(reason)) return new SignInError(reason);
	return new NoAnswerError('UNKNOWN');
}
