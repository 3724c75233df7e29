/**
 * What n8n's own test of a credential answers to each thing that can be wrong. n8n 1.x does not know
 * an answer's status there, and has words of its own. For App Only, the editor tests when it is saved; a
 * credential that a person connects it does not test, n8n's API does.
 */
import { z } from 'zod';

import type { Major } from '../../../dev/n8n/n8nVersions';
import {
	importCredentials,
	notSignedInData,
	signedInData,
	type ImportableCredential,
} from '../../../dev/n8n/sampleContent';
import type { Session } from '../../../dev/n8n/Session';
import { standInFrontOf } from '../../engine/standIn';
import {
	appOnlyFaults,
	FORBIDDEN,
	NOBODY,
	OFFLINE,
	REFUSED,
	TOO_MANY,
	UNAVAILABLE,
	wordsFor,
	type Words,
} from './appOnlyFaults';
import { openPlace, type Place } from './place';

const answerSchema = z.object({ status: z.enum(['OK', 'Error']), message: z.string() });
const WORKS = 'Connection successful!';

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
	says: Words | Record<Major, Words>;
}

let place: Place;
let session: Session;

beforeAll(async () => {
	place = await openPlace();
	({ session } = await place.serve());
});
afterAll(() => place.close());

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

const cases: Case[] = [
	{ what: 'nothing', says: WORKS },
	{ what: 'an access token that expired', fields: withExpiredToken, says: WORKS },
	{
		what: 'a sign-in without MFA',
		fields: () => signedInData(place.emulator, false),
		says: REFUSED,
	},
	{ what: 'the role, no place in CSP, or an indirect reseller', status: 403, says: FORBIDDEN },
	{ what: 'the rate limit', status: 429, says: TOO_MANY },
	{ what: 'an outage', status: 503, says: UNAVAILABLE },
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
	...appOnlyFaults.map(({ fields, ...fault }) => ({
		...fault,
		what: `${fault.what} (app)`,
		isApp: true,
		fields: () => ({ ...fields }),
	})),
];

/** Statuses that Partner Center itself answers with. */
const statusOf = ({ what, status }: Case) => status ?? (what.includes('MFA') ? 401 : undefined);

test.each(cases)('wrong is: $what', async (one) => {
	const said = await answerOf(one);
	const { says, isApp = false } = one;
	const words = wordsFor(isApp, statusOf(one), says);
	if (typeof words === 'string') expect(said).toBe(words);
	else expect(said).toMatch(words);
});

test('a stored address of the API is not called: the token stays with the environment', async () => {
	const elsewhere = await standInFrontOf(place.emulator.baseUrl, () => ({ status: 200, body: {} }));
	const fields = () => ({ apiBaseUrl: elsewhere.url });
	expect(await answerOf({ what: '', fields, says: WORKS })).toBe(WORKS);
	expect(elsewhere.seen).toEqual([]);
});
