/**
 * What n8n's own test of a credential answers to each thing that can be wrong. n8n 1.x does not know
 * an answer's status there, and has words of its own. For App Only, the editor tests when it is saved; a
 * credential that a person connects it does not test, n8n's API does.
 */
import { z } from 'zod';

import { loadBuiltPackage } from '../../../dev/demo/builtPackage';
import {
	importCredentials,
	notSignedInData,
	signedInData,
	type ImportableCredential,
} from '../../../dev/n8n/sampleContent';
import type { Session } from '../../../dev/n8n/Session';
import { standInFrontOf } from '../../engine/standIn';
import { majorUnderTest, openPlace, type Place } from './place';

const answerSchema = z.object({ status: z.enum(['OK', 'Error']), message: z.string() });
const NOBODY = 'http://127.0.0.1:9';
const OFFLINE = 'The service refused the connection - perhaps it is offline';
const WORKS = 'Connection successful!';
const { credentialTypes } = loadBuiltPackage();

type Fields = Record<string, unknown>;
interface Case {
	/** What is wrong. */
	what: string;
	isApp?: boolean;
	/** The stored fields that differ. */
	fields?: () => Promise<Fields> | Fields;
	/** What Partner Center answers, in place of the emulator. */
	status?: number;
	/** What is said: ours for that status, or n8n's own words on each major. */
	says: string | Record<'1' | '2', RegExp | string>;
}

let place: Place;
let session: Session;

beforeAll(async () => {
	place = await openPlace();
	({ session } = await place.serve());
});
afterAll(() => place.close());

/** The words of the package for an answer of Partner Center. */
function oursFor(isApp: boolean, status: number): string {
	const name = isApp ? 'AppOnlyOAuth2Api' : 'CenterOAuth2Api';
	const rules = credentialTypes.find((type) => type.name.endsWith(name))?.test?.rules ?? [];
	const rule = rules.find(({ properties }) => properties.value === status);
	if (rule === undefined) throw new Error(`No words for ${status}`);
	return rule.properties.message;
}

let made = 0;
async function answerOf({ isApp = false, fields, status }: Case): Promise<string> {
	const { baseUrl } = place.emulator;
	const emulatorUrl =
		status === undefined
			? baseUrl
			: (await standInFrontOf(baseUrl, (call) => (/ \/v1\//.test(call) ? { status } : undefined)))
					.url;
	const usual = isApp ? notSignedInData(baseUrl) : await signedInData(place.emulator);
	const data: Fields = { ...usual, emulatorUrl, ...(await fields?.()) };
	made += 1;
	const type = `microsoftPartnerCenter${isApp ? 'AppOnly' : ''}OAuth2Api`;
	const credential: ImportableCredential = { id: `tested${made}`, name: 'Tested', type, data };
	await importCredentials(place.n8n, [credential]);
	// With the tokens, as n8n's API reads them from its database; the editor has none to send.
	const answer = await session.call('POST', '/credentials/test', { credentials: credential });
	const { status: result, message } = answerSchema.parse(answer);
	expect(result).toBe(message === WORKS ? 'OK' : 'Error');
	return message;
}

const withExpiredToken = async (): Promise<Fields> => {
	const data = await signedInData(place.emulator);
	place.emulator.expireAccessTokens();
	return data;
};

const REFUSED = { '1': 'Authorization failed - please check your credentials', '2': '' };
const FORBIDDEN = { '1': 'Forbidden - perhaps check your credentials?', '2': '' };
const cases: Case[] = [
	{ what: 'nothing', says: WORKS },
	{ what: 'an access token that expired', fields: withExpiredToken, says: WORKS },
	{
		what: 'a sign-in without MFA',
		fields: () => signedInData(place.emulator, false),
		says: REFUSED,
	},
	{ what: 'the role, no place in CSP, or an indirect reseller', status: 403, says: FORBIDDEN },
	{
		what: 'the rate limit',
		status: 429,
		says: { '1': 'The service is receiving too many requests from you', '2': '' },
	},
	{ what: 'an outage', status: 503, says: { '1': /^Service unavailable/, '2': '' } },
	{
		what: 'no connection',
		fields: () => ({ emulatorUrl: NOBODY }),
		says: { '1': OFFLINE, '2': 'ECONNREFUSED' },
	},
	{
		what: 'a sign-in that lapsed',
		fields: async () => {
			const data = await withExpiredToken();
			place.emulator.lapseRefreshTokens();
			return data;
		},
		says: { '1': /^The provided authorization grant/, '2': /reconnect/ },
	},
	{
		what: 'nobody having connected it',
		fields: () => ({ oauthTokenData: undefined }),
		says: 'Unable to sign without access token',
	},
	{ what: 'nothing (app)', isApp: true, says: WORKS },
	{
		what: 'the secret (app)',
		isApp: true,
		fields: () => ({ clientSecret: 'another' }),
		says: { '1': /^Client authentication failed/, '2': /Client authentication failed/ },
	},
	{
		what: 'the tenant (app)',
		isApp: true,
		fields: () => ({ tenantId: 'nowhere.example' }),
		says: { '1': /^The request is missing a required/, '2': /The request is missing a required/ },
	},
	{ what: 'the token (app)', isApp: true, status: 401, says: REFUSED },
	{ what: 'App management or CSP (app)', isApp: true, status: 403, says: FORBIDDEN },
	{
		what: 'no connection (app)',
		isApp: true,
		fields: () => ({ emulatorUrl: NOBODY }),
		says: OFFLINE,
	},
];

/** Statuses that Partner Center itself answers with. */
const statusOf = ({ what, status }: Case) => status ?? (what.includes('MFA') ? 401 : undefined);

test.each(cases)('wrong is: $what', async (one) => {
	const said = await answerOf(one);
	const { says, isApp = false } = one;
	const status = statusOf(one);
	const words = typeof says === 'string' ? says : says[majorUnderTest()];
	if (majorUnderTest() === '2' && status !== undefined) expect(said).toBe(oursFor(isApp, status));
	else if (typeof words === 'string') expect(said).toBe(words);
	else expect(said).toMatch(words);
});

test('a stored address of the API is not called: the token stays with the environment', async () => {
	const elsewhere = await standInFrontOf(place.emulator.baseUrl, () => ({ status: 200, body: {} }));
	const fields = () => ({ apiBaseUrl: elsewhere.url });
	expect(await answerOf({ what: '', fields, says: WORKS })).toBe(WORKS);
	expect(elsewhere.seen).toEqual([]);
});
