/**
 * Sign-in on another device: a code for the app, a short one for the person, and what came of it.
 * Source: the page v2-oauth2-device-code of Microsoft's identity platform; RFC 8628.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { LatestMap, type Kept } from '../keepLatest';
import type { UserGrant } from './refreshTokens';

const LIFETIME_SECONDS = 15 * 60;
/** More are not kept; the oldest goes. */
const MAX_CODES = 10_000;
/** Without letters that are taken for others. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ23456789';

interface DeviceCode {
	userCode: string;
	tenant: string;
	scope: string;
	expiresAt: number;
	/** Undefined until somebody has typed the code in. */
	end?: { grant: UserGrant } | 'declined';
}

export interface StartedDeviceCode {
	device_code: string;
	user_code: string;
	/** Seconds. */
	expires_in: number;
	/** Seconds between two questions. */
	interval: number;
}

type Redemption =
	| { outcome: 'granted'; grant: UserGrant }
	| { outcome: 'pending' | 'declined' | 'expired' | 'unknown' };

export class DeviceCodes {
	private readonly codes = new LatestMap<DeviceCode>(MAX_CODES);
	private readonly deviceCodes = new LatestMap<string>(MAX_CODES);

	get counts(): Kept {
		return this.codes.counts;
	}

	/** @param scope what the tokens will be for */
	start(tenant: string, scope: string): StartedDeviceCode {
		const deviceCode = randomBytes(48).toString('base64url');
		const userCode = Array.from({ length: 9 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
		const expiresAt = Date.now() + LIFETIME_SECONDS * 1000;
		this.codes.set(deviceCode, { userCode, tenant, scope, expiresAt });
		this.deviceCodes.set(userCode, deviceCode);
		return {
			device_code: deviceCode,
			user_code: userCode,
			expires_in: LIFETIME_SECONDS,
			interval: 1,
		};
	}

	/**
	 * Somebody typed the code in.
	 *
	 * @param who undefined when the sign-in was declined
	 * @returns whether there is such a code that still counts
	 */
	finish(userCode: string, who: Pick<UserGrant, 'user' | 'mfa'> | undefined): boolean {
		const wanted = userCode.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
		const known = this.codes.get(this.deviceCodes.get(wanted) ?? '');
		if (known === undefined || known.expiresAt < Date.now() || known.end !== undefined)
			return false;
		const { tenant, scope } = known;
		known.end = who === undefined ? 'declined' : { grant: { ...who, tenant, scope } };
		return true;
	}

	redeem(deviceCode: string): Redemption {
		const known = this.codes.get(deviceCode);
		if (known === undefined) return { outcome: 'unknown' };
		if (known.end === 'declined') return { outcome: 'declined' };
		if (known.expiresAt < Date.now()) return { outcome: 'expired' };
		if (known.end === undefined) return { outcome: 'pending' };
		// A code is good for one answer.
		known.expiresAt = 0;
		return { outcome: 'granted', grant: known.end.grant };
	}
}
