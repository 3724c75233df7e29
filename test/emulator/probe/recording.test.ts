/** A recording names nobody, holds no token, and makes an emulator answer the same. */
import { startEmulator, type Emulator } from '../../../dev/emulator/startEmulator';
import type { SwitchesInput } from '../../../dev/emulator/switches';
import { anonymise, anonymisePath } from '../../../dev/probe/recording/anonymise';
import { Pseudonyms } from '../../../dev/probe/recording/Pseudonyms';
import { recordingOf, type Recording } from '../../../dev/probe/recording/recording';
import { probe } from './support';

const CUSTOMER = 'd0c6b5ac-2f0e-4b7a-9f4b-0c1a2b3c4d5e';
const UNUSUAL: SwitchesInput = {
	duplicateStatus: 400,
	errorCodeType: 'string',
	noAgreements: '600009',
	linkPrefix: 'v1',
	defaultPageSize: 40,
	attestation: 'preview',
	attestationAcceptance: 'atOnce',
};

async function recorded(
	switches: SwitchesInput,
): Promise<{ recording: Recording; secrets: string[] }> {
	const emulator = await startEmulator({ switches });
	try {
		emulator.addCustomer({ id: CUSTOMER, companyName: 'Contoso Test', domain: 'test.example' });
		const { refresh_token: refreshToken = '' } = await emulator.issueTokens({ kind: 'user' });
		const survey = { auditWaitSeconds: 1, writeTo: CUSTOMER };
		const recording = recordingOf(await probe(emulator, { refreshToken, survey }));
		return { recording, secrets: [refreshToken, ...namesIn(emulator)] };
	} finally {
		await emulator.close();
	}
}

/** Everything in the emulator that names somebody. */
function namesIn({ state, baseUrl, requests }: Emulator): string[] {
	return [
		baseUrl,
		...requests.flatMap(({ headers }) => Object.values(headers)).filter((one) => GUID.test(one)),
		...state.customers.flatMap(({ id, companyName, domain, agreements }) => [
			id,
			companyName,
			domain,
			...agreements.flatMap(({ userId, primaryContact }) => [
				userId,
				...Object.values(primaryContact).filter((one) => one !== undefined),
			]),
		]),
	];
}
const GUID = /^[0-9a-f]{8}-/;

test('nothing of it names anybody, and no token is in it', async () => {
	const { recording, secrets } = await recorded(UNUSUAL);
	const text = JSON.stringify(recording).toLowerCase();
	expect(recording.fixtures.length).toBeGreaterThan(30);
	expect(secrets.length).toBeGreaterThan(60);
	// Each of these names is in what the probe read: the emulator has some hundred others.
	expect(secrets.filter((secret) => text.includes(secret.toLowerCase()))).toEqual([]);
	expect(text).not.toMatch(/bearer|eyj|authorization/);
});

test('an emulator with its switches answers every call with the same fixtures', async () => {
	const { recording } = await recorded(UNUSUAL);
	expect(recording.switches).toMatchObject(UNUSUAL);
	const again = await recorded(recording.switches);
	expect(comparable(again.recording)).toEqual(comparable(recording));
	const other = await recorded({ ...recording.switches, noAgreements: 'emptyList' });
	expect(comparable(other.recording)).not.toEqual(comparable(recording));
});

/** How often the activity log was looked at depends on the moment, as all dates do. */
function comparable({ fixtures, switches }: Recording): unknown {
	const steady = fixtures.filter(({ request }) => !request.path.includes('/auditrecords'));
	const text = JSON.stringify({ switches, steady })
		.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z?/g, 'a date')
		.replace(/token-\d+/g, 'a token')
		.replace(/00000000-0000-4000-8000-\d{12}/g, 'an id')
		.replace(/\+1 555 01\d+/g, 'a number');
	return JSON.parse(text);
}

describe('what is replaced', () => {
	const replaced = (value: unknown) => anonymise(new Pseudonyms(), value);

	test.each([
		['a property that is new', { favouriteCake: 'Dobos' }, { favouriteCake: 'Name 1' }],
		['a name in a list', { people: ['Femke', 'Åsa'] }, { people: ['Name 1', 'Name 2'] }],
		['a mail address', { contact: 'a@b.example' }, { contact: 'person1@example.com' }],
		['a telephone number', { phoneNumber: '(020) 555' }, { phoneNumber: '+1 555 0101' }],
		['a domain', { value: 'fabrikam.co.uk' }, { value: 'customer1.example' }],
		['a long number', { mpnId: 4_711_000_111 }, { mpnId: 1_000_000 }],
		['JSON as text', { old: '{"FirstName":"Femke"}' }, { old: '{"FirstName":"Name 1"}' }],
		[
			'a link with a signature',
			{ downloadUri: 'https://x.blob.core.windows.net/a?sig=b' },
			{ downloadUri: 'https://link1.example' },
		],
		[
			'a continuation token',
			{ key: 'MS-ContinuationToken', value: 'abc' },
			{ key: 'MS-ContinuationToken', value: 'token-1' },
		],
	])('%s', (_what, value, expected) => {
		expect(replaced(value)).toEqual(expected);
	});

	test('the same always by the same, in sentences too', () => {
		const pseudonyms = new Pseudonyms();
		const id = '4cd01ca6-16bc-478d-893a-ac4d327c871f';
		expect(
			anonymise(pseudonyms, [
				{ companyName: 'Fabrikam', id },
				{ description: `Fabrikam (${id.toUpperCase()}) asked femke@fabrikam.example` },
				{ companyName: 'Contoso' },
			]),
		).toEqual([
			{ companyName: 'Name 1', id: '00000000-0000-4000-8000-000000000001' },
			{ description: 'Name 1 (00000000-0000-4000-8000-000000000001) asked person1@example.com' },
			{ companyName: 'Name 2' },
		]);
	});

	test('an address of the API: its ids, domains and searches', () => {
		const filter = encodeURIComponent('{"Field":"CompanyName","Value":"Fabrikam"}');
		const id = '4cd01ca6-16bc-478d-893a-ac4d327c871f';
		const path = `/v1/customers/${id}/agreements?size=2&filter=${filter}`;
		expect(decodeURIComponent(anonymisePath(new Pseudonyms(), path))).toBe(
			'/v1/customers/00000000-0000-4000-8000-000000000001/agreements?size=2&filter={"Field":"CompanyName","Value":"Name 1"}',
		);
		expect(anonymisePath(new Pseudonyms(), '/v1/domains/fabrikam.example')).toBe(
			'/v1/domains/customer1.example',
		);
	});
});

test.each([
	{ templateId: '117a77b0-9360-443b-8795-c6dedc750cf9', type: 'MicrosoftCustomerAgreement' },
	{ code: 600061, errorName: 'PartnerConfirmedAgreementAlreadyExists', isRetryable: false },
	{ agreementLink: 'https://aka.ms/customeragreement', versionRank: 0 },
	{ dateAgreed: '2019-08-26T00:00:00', totalCount: 14 },
	{ uri: '/v1/customers?size=40&seekOperation=Next', method: 'GET' },
])('what names nobody stays as it is: %j', (value) => {
	expect(anonymise(new Pseudonyms(), value)).toEqual(value);
});
