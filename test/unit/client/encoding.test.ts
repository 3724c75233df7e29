/** What a person or a CRM puts into a path or a query stays in its place there. */
import fc from 'fast-check';

import type { HttpRequest } from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { PartnerCenterClient } from '../../../nodes/MicrosoftPartnerCenter/client/PartnerCenterClient';
import { Throttle } from '../../../nodes/MicrosoftPartnerCenter/client/throttle';
import { CORRELATION_ID, REQUEST_ID } from '../../support/fixtures/documented';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';
import { clientOf } from '../../support/throttleClient';

const call = { correlationId: CORRELATION_ID, timeout: 1000, maxRetries: 0 };
const API = 'https://api.partnercenter.microsoft.com';

/** The address of the first request that a call makes. */
async function addressOf(ask: (client: PartnerCenterClient) => Promise<unknown>): Promise<URL> {
	const sent: HttpRequest[] = [];
	const clock = new SimulatedClock();
	const client = new PartnerCenterClient({
		clock,
		throttle: clientOf(new Throttle(clock), 1),
		newId: () => REQUEST_ID,
		send: async (request) => {
			sent.push(request);
			return { status: 200, headers: {}, body: { items: [], isSigned: true } };
		},
	});
	await clock.run(ask(client).catch(() => undefined));
	return new URL(`${API}${sent[0]?.path}`);
}

const anything = fc.oneof(
	fc.string({ minLength: 1, unit: 'grapheme' }),
	fc.constantFrom(
		'../..',
		'a/b?c=d&e#f',
		'%2e%2e%2f',
		'//evil.example/',
		'\\\\evil.example',
		'@evil',
	),
);

it('what customers are searched by is one value of the query', async () => {
	await fc.assert(
		fc.asyncProperty(anything, async (value) => {
			const address = await addressOf(({ customers }) =>
				customers.page({ field: 'CompanyName', value }, 50, call),
			);
			expect(address.origin + address.pathname).toBe(`${API}/v1/customers`);
			expect([...address.searchParams.keys()]).toEqual(['size', 'filter']);
			expect(JSON.parse(address.searchParams.get('filter') ?? '')).toMatchObject({ Value: value });
		}),
	);
});

it('a template, a language and a country stay in their places', async () => {
	await fc.assert(
		fc.asyncProperty(anything, anything, anything, async (template, language, country) => {
			// A path of dots alone would be folded by whoever reads the address; no field lets it through.
			fc.pre(!/^\.{1,2}$/.test(template));
			const address = await addressOf(({ documents }) =>
				documents.getLink(template, language, country, call),
			);
			expect(address.origin).toBe(API);
			expect(address.pathname.split('/').slice(0, 3)).toEqual(['', 'v1', 'agreementtemplates']);
			expect(address.pathname.split('/')).toHaveLength(5);
			expect([...address.searchParams]).toEqual([
				['language', language],
				['country', country],
			]);
		}),
	);
});
