/** Behind a proxy, whatever leads somewhere leads through it again: links are followed, not only read. */
import {
	EMULATOR_CLIENT_ID,
	EMULATOR_TENANT_ID,
} from '../../../dev/emulator/identity/registeredApp';
import { openPlace, type Place } from './support/tls';

let place: Place;
let user: string;
let app: string;
beforeAll(async () => {
	place = await openPlace('a proxy that ends TLS', {
		attestation: 'preview',
		switches: { linkPrefix: 'absolute' },
	});
	user = (await place.emulator.issueTokens({ kind: 'user' })).access_token;
	app = (await place.emulator.issueTokens({ kind: 'app' })).access_token;
});
afterAll(async () => await place.close());

const publicUrl = () => place.emulator.baseUrl;
const get = async <T>(url: string, headers: Record<string, string> = {}): Promise<T> => {
	const answer = await place.fetch(url, {
		headers: { Authorization: `Bearer ${user}`, ...headers },
	});
	expect([url, answer.status]).toEqual([url, 200]);
	const text = await answer.text();
	return JSON.parse(text.replace(/^\uFEFF/, '')) as T;
};

interface Link {
	uri: string;
	headers?: { key: string; value: string }[];
}

test('the next page of a list', async () => {
	const first = await get<{ links: { next: Link } }>(`${publicUrl()}/v1/customers?size=2`);
	const { uri, headers = [] } = first.links.next;
	expect(uri.startsWith(`${publicUrl()}/v1/`)).toBe(true);
	const sent = Object.fromEntries(headers.map(({ key, value }) => [key, value]));
	const second = await get<{ items: unknown[] }>(uri, sent);
	expect(second.items).toHaveLength(2);
});

test('the document of an agreement', async () => {
	const path = '/v1/agreementtemplates/117a77b0-9360-443b-8795-c6dedc750cf9/document';
	const links = await get<{ displayUri: string; downloadUri: string }>(
		`${publicUrl()}${path}?language=en-US&country=US`,
	);
	for (const uri of [links.displayUri, links.downloadUri]) {
		expect(uri.startsWith(`${publicUrl()}/`)).toBe(true);
		expect((await place.fetch(uri)).status).toBe(200);
	}
});

test.each(['', '/v2.0'])('what discovery%s leads to', async (version) => {
	const root = `${publicUrl()}/${EMULATOR_TENANT_ID}${version}`;
	const found = await get<Record<string, unknown>>(`${root}/.well-known/openid-configuration`);
	const addresses = Object.entries(found).filter(([name]) => /endpoint$|_uri$|^issuer$/.test(name));
	expect(addresses.length).toBeGreaterThan(3);
	for (const [, address] of addresses) expect(address).toMatch(new RegExp(`^${publicUrl()}/`));
	expect(await get(String(found.jwks_uri))).toHaveProperty('keys');
});

test('the page of another device', async () => {
	const answer = await place.fetch(`${publicUrl()}/${EMULATOR_TENANT_ID}/oauth2/v2.0/devicecode`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({
			client_id: EMULATOR_CLIENT_ID,
			scope: 'https://api.partnercenter.microsoft.com/user_impersonation',
		}),
	});
	const { verification_uri: address } = (await answer.json()) as { verification_uri: string };
	expect(address).toBe(`${publicUrl()}/devicelogin`);
	expect((await place.fetch(address)).status).toBe(200);
});

test('the page of an attestation, and its button', async () => {
	const created = await place.fetch(`${publicUrl()}/v1/attestations/enhanced`, {
		method: 'POST',
		headers: { Authorization: `Bearer ${app}`, 'Content-Type': 'application/json' },
		body: JSON.stringify({
			country: 'US',
			language: 'en-US',
			companyName: 'Contoso',
			signatoryFirstName: 'Tania',
			signatoryLastName: 'Carr',
		}),
	});
	const { attestationId } = (await created.json()) as { attestationId: string };
	const page = `${publicUrl()}/mca/?attestationid=${attestationId}`;
	expect(await (await place.fetch(page)).text()).toContain('<form method="post">');
	const accepted = await place.fetch(page, { method: 'POST' });
	expect(await accepted.text()).toContain('Accepted at');
});
