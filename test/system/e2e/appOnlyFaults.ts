/** Each thing that can be wrong with the app-only credential, and what n8n's test of it says then. */
import { loadBuiltPackage } from '../../../dev/demo/builtPackage';
import type { Major } from '../../../dev/n8n/n8nVersions';
import { majorUnderTest } from './place';

const { credentialTypes } = loadBuiltPackage();

/** Nobody listens there. */
export const NOBODY = 'http://127.0.0.1:9';
export const OFFLINE = 'The service refused the connection - perhaps it is offline';

/** What n8n 1.x says: it does not know an answer's status. Of n8n 2.x, our own words for the status. */
export const REFUSED = 'Authorization failed - please check your credentials';
export const FORBIDDEN = 'Forbidden - perhaps check your credentials?';
export const TOO_MANY = 'The service is receiving too many requests from you';
export const UNAVAILABLE = /^Service unavailable/;

export type Words = string | RegExp;

/** The words of the package for an answer of Partner Center. */
function oursFor(isApp: boolean, status: number): string {
	const name = isApp ? 'AppOnlyOAuth2Api' : 'CenterOAuth2Api';
	const rules = credentialTypes.find((type) => type.name.endsWith(name))?.test?.rules ?? [];
	const rule = rules.find(({ properties }) => properties.value === status);
	if (rule === undefined) throw new Error(`No words for ${status}`);
	return rule.properties.message;
}

/** What is said on the major under test. */
export function wordsFor(
	isApp: boolean,
	status: number | undefined,
	says: Words | Record<Major, Words>,
): Words {
	const major = majorUnderTest();
	if (major === '2' && status !== undefined) return oursFor(isApp, status);
	return typeof says === 'string' || says instanceof RegExp ? says : says[major];
}

export interface AppOnlyFault {
	/** What is wrong. */
	what: string;
	/** Fields that differ from those of a credential that works. */
	fields?: Record<string, string>;
	/** What Partner Center answers, in place of the emulator. */
	status?: number;
	says: Words | Record<Major, Words>;
}

export const appOnlyFaults: AppOnlyFault[] = [
	{
		what: 'the secret',
		fields: { clientSecret: 'another' },
		says: { '1': /^Client authentication failed/, '2': /Client authentication failed/ },
	},
	{
		what: 'the tenant',
		fields: { tenantId: 'nowhere.example' },
		says: { '1': /^The request is missing a required/, '2': /The request is missing a required/ },
	},
	{ what: 'the token', status: 401, says: REFUSED },
	{ what: 'App management or CSP', status: 403, says: FORBIDDEN },
	{ what: 'the rate limit', status: 429, says: TOO_MANY },
	{ what: 'an outage', status: 503, says: UNAVAILABLE },
	{ what: 'no connection', fields: { emulatorUrl: NOBODY }, says: OFFLINE },
];
