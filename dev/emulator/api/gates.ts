/**
 * What a call must pass before Partner Center looks at it, in order: token, audience, MFA, app-only,
 * rate limit. The order is inferred from the documented errors; only the errors are documented.
 */
import type { FastifyRequest } from 'fastify';
import { GUID, type Customer } from '../state';
import { PARTNER_CENTER_RESOURCE } from '../identity/registeredApp';
import type { EmulatorContext } from '../EmulatorContext';
import { apiErrors } from './apiErrors';
import { correlationIdOf } from './tracingHeaders';

export interface Caller {
	/** Object id of the signed-in user, or of the app. */
	oid: string;
	kind: 'user' | 'app';
	/** Sign-in name of the user; undefined for the app alone. */
	userPrincipalName: string | undefined;
	applicationId: string;
}

/**
 * @param accepts which tokens the operation's page at Microsoft Learn names: `userOnly` (App+User) for
 *   everything about agreements, that is metadata, confirmations, the direct-signed status and the
 *   document; `appOnly` for the enhanced attestation; `appAndUser` for customers, domains and audit
 *   records
 * @throws ApiError 401 (800001, 900420, 900421), 403 (900329) or 429
 */
export async function requireCaller(
	context: Pick<EmulatorContext, 'identity' | 'rateLimit'>,
	request: FastifyRequest,
	accepts: 'appAndUser' | 'userOnly' | 'appOnly',
): Promise<Caller> {
	const correlationId = correlationIdOf(request);
	const check = await context.identity.accessTokens.check(request.headers.authorization);
	if (check.outcome !== 'valid') throw apiErrors.tokenMissing(correlationId);
	const { aud, amr, appid, idtyp, oid, upn, uti } = check.claims;
	if (request.logged) request.logged.tokenId = uti;
	if (aud.replace(/\/$/, '') !== PARTNER_CENTER_RESOURCE) {
		throw apiErrors.wrongAudience(correlationId);
	}
	const kind = idtyp === 'app' ? 'app' : 'user';
	if (kind === 'user' && !amr.includes('mfa')) throw apiErrors.mfaRequired();
	if (kind === 'app' && accepts === 'userOnly') throw apiErrors.appOnlyUnsupported();
	if (kind === 'user' && accepts === 'appOnly') throw apiErrors.appOnlyRequired();
	const wait = context.rateLimit.take();
	if (wait > 0) throw apiErrors.rateLimited(wait);
	return { oid: oid ?? '', kind, userPrincipalName: upn, applicationId: appid };
}

/** @throws ApiError 400 900118, 404 1000 or 403 20002. */
export function requireCustomer(
	context: Pick<EmulatorContext, 'store'>,
	customerId: string,
): Customer {
	if (!GUID.test(customerId)) throw apiErrors.invalidCustomerId();
	const customer = context.store.customer(customerId);
	if (customer === undefined) throw apiErrors.notFound();
	if (customer.relationshipToPartner === 'none') {
		throw apiErrors.noRelationship();
	}
	return customer;
}
