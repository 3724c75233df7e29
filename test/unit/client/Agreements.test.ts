/** What counts as confirmed, and what leaves a write in doubt, so that the agreements decide. */
import type { ConfirmOptions } from '../../../nodes/MicrosoftPartnerCenter/client/Agreements';
import { PartnerCenterError } from '../../../nodes/MicrosoftPartnerCenter/client/errors';
import {
	NoAnswerError,
	type HttpRequest,
	type HttpResponse,
} from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { PartnerCenterClient } from '../../../nodes/MicrosoftPartnerCenter/client/PartnerCenterClient';
import type {
	Agreement,
	AgreementToCreate,
} from '../../../nodes/MicrosoftPartnerCenter/client/schemas';
import { Throttle } from '../../../nodes/MicrosoftPartnerCenter/client/throttle';
import { alreadyExistsJson } from '../../../nodes/MicrosoftPartnerCenter/resources/customerAgreement/confirm.items';
import {
	alreadyExistsBody,
	CONFIRM_CUSTOMER_ID,
	confirmRequestBody,
	confirmResponseBody,
	CORRELATION_ID,
	REQUEST_ID,
} from '../../support/fixtures/documented';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';
import { inWords } from '../../support/inWords';
import { clientOf } from '../../support/throttleClient';

type Answer = Partial<HttpResponse> | NoAnswerError;

const CLOUD = '998b88de-aa99-4388-a42c-1b3517d49490';
const contact = confirmRequestBody.primaryContact;
const echo = (change: object = {}) => ({ ...confirmResponseBody, ...change });
const echoOf = (change: object) => echo({ primaryContact: { ...contact, ...change } });

/** A service that answers each write with the next answer (the last one stays), and lists this. */
function service(
	answers: Answer[],
	listing: Agreement[] | 'unreadable' = [],
	maxRetries = 0,
	maxRateLimitWait = 0,
) {
	const clock = new SimulatedClock();
	const sent: HttpRequest[] = [];
	const client = new PartnerCenterClient({
		clock,
		throttle: clientOf(new Throttle(clock), 10),
		newId: () => REQUEST_ID,
		send: (request) => {
			sent.push(request);
			if (request.method === 'GET') {
				return Promise.resolve(
					listing === 'unreadable'
						? { status: 403, headers: {}, body: '' }
						: { status: 200, headers: {}, body: { items: listing } },
				);
			}
			const answer = answers.length > 1 ? answers.shift() : answers[0];
			if (answer instanceof Error) return Promise.reject(answer);
			return Promise.resolve({ status: 201, headers: {}, body: '', ...answer });
		},
	});
	const call = { correlationId: CORRELATION_ID, timeout: 60_000, maxRetries, maxRateLimitWait };
	const confirm = async (
		agreement: AgreementToCreate = confirmRequestBody,
		history: Partial<ConfirmOptions> = {},
	) =>
		await inWords(
			clock.run(
				client.agreements.confirm(
					{ customerId: CONFIRM_CUSTOMER_ID, agreement },
					{ ...call, ...history },
				),
			),
		);
	return { confirm, sent, writes: () => sent.filter(({ method }) => method === 'POST').length };
}

const listed = (change: object = {}): Agreement => ({
	primaryContact: { ...contact },
	templateId: confirmRequestBody.templateId,
	dateAgreed: '2018-06-14T00:00:00',
	type: 'MicrosoftCustomerAgreement',
	...change,
});
const UNKNOWN = { inDoubt: true, advice: expect.stringContaining('is not known') };

describe('a success that is the agreement which was sent', () => {
	it.each([
		['as documented', echo()],
		['without a type', echo({ type: undefined })],
		['with a type that is null', echo({ type: null })],
		['with the type in small letters', echo({ type: 'microsoftcustomeragreement' })],
		['without the phone number', echoOf({ phoneNumber: undefined })],
		['with the e-mail address in other case', echoOf({ email: 'SomeOne@Example.COM' })],
		['with the phone number set otherwise', echoOf({ phoneNumber: '(123) 456-7890' })],
		['with spaces folded', echoOf({ firstName: 'Tania ' })],
		[
			'with the template in capitals',
			echo({ templateId: confirmRequestBody.templateId.toUpperCase() }),
		],
		['with the date to the second, without a zone', echo({ dateAgreed: '2018-06-14T00:00:00' })],
		['with the date in another zone', echo({ dateAgreed: '2018-06-14T02:00:00+02:00' })],
		['with the customer it is of', echo({ customerId: CONFIRM_CUSTOMER_ID.toUpperCase() })],
		['with an error that is null', echo({ error: null })],
	])('%s is confirmed, without a look', async (_what, body) => {
		const { confirm, sent } = service([{ body }]);
		await expect(confirm()).resolves.toMatchObject({ outcome: 'confirmed', reconciled: false });
		expect(sent).toHaveLength(1);
	});

	it('with letters composed is confirmed', async () => {
		const decomposed = { ...contact, firstName: 'Ne\u0301a  Lu', lastName: 'Nguye\u0302\u0303n' };
		const sent = { ...confirmRequestBody, primaryContact: decomposed };
		const body = echoOf({ firstName: 'N\u00E9a Lu', lastName: 'Nguy\u1EC5n' });
		const { confirm } = service([{ body }]);
		await expect(confirm(sent)).resolves.toMatchObject({ outcome: 'confirmed', reconciled: false });
	});
});

describe('a success that is not the agreement which was sent', () => {
	const odd: Array<[string, Answer]> = [
		['another first name', { body: echoOf({ firstName: 'Tanja' }) }],
		['a first name in other case', { body: echoOf({ firstName: 'TANIA' }) }],
		['another last name', { body: echoOf({ lastName: 'Cart' }) }],
		['another e-mail address', { body: echoOf({ email: 'someone.else@example.com' }) }],
		['another phone number', { body: echoOf({ phoneNumber: '1234567891' }) }],
		['no contact', { body: echo({ primaryContact: undefined }) }],
		['a contact that is null', { body: echo({ primaryContact: null }) }],
		['another date', { body: echo({ dateAgreed: '2018-06-15T00:00:00.000Z' }) }],
		['no date', { body: echo({ dateAgreed: undefined }) }],
		['another template', { body: echo({ templateId: CLOUD }) }],
		['another type', { body: echo({ type: 'MicrosoftCloudAgreement' }) }],
		['another customer', { body: echo({ customerId: '00000000-0000-4000-8000-000000000001' }) }],
		['the template alone', { body: { templateId: confirmRequestBody.templateId } }],
		['an error beside it', { body: echo({ error: { code: 'x' } }) }],
		['a statusCode beside it', { body: echo({ statusCode: 500 }) }],
		['a code beside it', { body: echo({ code: 3000 }) }],
		['something else', { body: { ok: true } }],
		...[202, 203, 206, 207, 226, 299].map((status): [string, Answer] => [
			`HTTP ${status}`,
			{ status, body: echo() },
		]),
		['HTTP 204', { status: 204, body: '' }],
		['HTTP 205', { status: 205, body: undefined }],
	];

	it.each(odd)('%s: the agreements show it, and it is confirmed', async (_what, answer) => {
		const { confirm, sent } = service([answer], [listed()], 3);
		await expect(confirm()).resolves.toMatchObject({ outcome: 'confirmed', reconciled: true });
		expect(sent.map(({ method }) => method)).toEqual(['POST', 'GET']);
	});

	it.each(odd)('%s: not listed, nobody knows; it is not sent again', async (_what, answer) => {
		const { confirm, writes } = service([answer], [listed({ dateAgreed: '2017-01-01' })], 3);
		await expect(confirm()).rejects.toMatchObject({
			...UNKNOWN,
			message: expect.stringMatching(/^Partner Center's answer is not the agreement that was sent/),
		});
		expect(writes()).toBe(1);
	});

	it.each(odd)('%s: where the list can’t be read, nobody knows', async (_what, answer) => {
		const { confirm } = service([answer], 'unreadable');
		await expect(confirm()).rejects.toMatchObject(UNKNOWN);
	});

	it('is found also where the service has tidied what it lists', async () => {
		const tidied = { ...contact, email: contact.email.toUpperCase(), phoneNumber: '123 456 7890' };
		const { confirm } = service([{ status: 202 }], [listed({ primaryContact: tidied })]);
		await expect(confirm()).resolves.toMatchObject({ reconciled: true });
	});

	it('never takes what is known to be somebody else’s', async () => {
		const { confirm } = service([{ status: 202 }], [listed()]);
		await expect(confirm(confirmRequestBody, { isKnownToExist: () => true })).rejects.toMatchObject(
			UNKNOWN,
		);
	});

	it('of two that look the same once tidied, each needs an agreement of its own', async () => {
		const other = {
			...confirmRequestBody,
			primaryContact: { ...contact, email: 'SOMEONE@example.com' },
		};
		const history = { otherConfirmations: () => [other] };
		const one = service([{ status: 202 }], [listed()]);
		await expect(one.confirm(confirmRequestBody, history)).rejects.toMatchObject(UNKNOWN);
		const two = service(
			[{ status: 202 }],
			[listed({ primaryContact: other.primaryContact }), listed()],
		);
		await expect(two.confirm(confirmRequestBody, history)).resolves.toMatchObject({
			agreement: { primaryContact: contact },
		});
	});
});

describe('no answer to a write at all', () => {
	const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
	const none: Array<[string, Answer]> = [
		...[101, 103, 300, 301, 302, 303, 304, 307, 308, 500, 501, 503, 599, 408].map(
			(status): [string, Answer] => [`HTTP ${status}`, { status, body: '' }],
		),
		['HTTP 500, nested too deep', { status: 500, body: JSON.parse(deep) as unknown }],
		['HTTP 503, nested too deep as text', { status: 503, body: deep }],
		['a cut connection', new NoAnswerError('ECONNRESET')],
		['a success that is cut off', { status: 201, body: '{"templateId":' }],
	];

	it.each(none)('%s: the agreements decide', async (_what, answer) => {
		const there = service([answer], [listed()]);
		await expect(there.confirm()).resolves.toMatchObject({
			outcome: 'confirmed',
			reconciled: true,
		});
		const elsewhere = service([answer], []);
		await expect(elsewhere.confirm()).rejects.toMatchObject(UNKNOWN);
		const unreadable = service([answer], 'unreadable');
		await expect(unreadable.confirm()).rejects.toMatchObject(UNKNOWN);
	});

	it.each([400, 401, 403, 404, 405, 409, 410, 422, 429])(
		'HTTP %d is a refusal: nothing is looked for',
		async (status) => {
			const { confirm, sent } = service([{ status, body: '' }], [listed()]);
			await expect(confirm()).rejects.toMatchObject({ inDoubt: false });
			expect(sent).toHaveLength(1);
		},
	);

	it('a rate limit nested too deep is a rate limit', async () => {
		const body = JSON.parse(deep) as unknown;
		const { confirm } = service([{ status: 429, body }], [listed()]);
		await expect(confirm()).rejects.toMatchObject({ inDoubt: false });
	});
});

describe('600061', () => {
	const bodies: Array<[string, unknown]> = [
		['as documented', alreadyExistsBody],
		['with spaces in the code', { code: ' 600061 ' }],
		['with an object as message', { code: 600061, message: { lang: 'en', value: 'x' } }],
	];
	const statuses = [101, 202, 207, 302, 401, 408, 500, 502, 503, 504];
	const odd = statuses.flatMap((status) =>
		bodies.map(([what, body]) => [status, what, body] as const),
	);

	it.each(odd)(
		'with HTTP %d, %s: true where the agreements bear it out',
		async (status, _what, body) => {
			const older = listed({ dateAgreed: '2017-01-01T00:00:00' });
			const { confirm } = service([{ status, body }], [older]);
			await expect(confirm()).resolves.toMatchObject({ outcome: 'alreadyExists' });
		},
	);

	it.each(odd)('with HTTP %d, %s: never where nothing is there', async (status, _what, body) => {
		const { confirm } = service([{ status, body }], []);
		await expect(confirm()).rejects.toMatchObject({
			inDoubt: status !== 401,
			message: expect.not.stringMatching(/600061|confirmed already/),
		});
	});

	it.each(odd)(
		'with HTTP %d, %s: nobody knows where nothing can be read',
		async (status, _what, body) => {
			const { confirm } = service([{ status, body }], 'unreadable');
			await expect(confirm()).rejects.toMatchObject({ inDoubt: true });
		},
	);

	it('with HTTP 429 is a rate limit: sent again, and never an outcome where it stays so', async () => {
		const limited = { status: 429, body: alreadyExistsBody };
		const passing = service([limited, { body: echo() }], [], 0, 60_000);
		await expect(passing.confirm()).resolves.toMatchObject({ outcome: 'confirmed' });
		const staying = service([limited], []);
		await expect(staying.confirm()).rejects.toMatchObject({ inDoubt: true });
	});

	it.each([200, 201, 400, 403, 404, 409, 412, 422])(
		'with HTTP %d is an outcome, whatever is listed',
		async (status) => {
			const { confirm, sent } = service([{ status, body: alreadyExistsBody }], []);
			await expect(confirm()).resolves.toMatchObject({ outcome: 'alreadyExists' });
			expect(sent).toHaveLength(1);
		},
	);

	it('is what is known after the answer, not before it', async () => {
		const known = new Set<string>();
		const answers: Answer[] = [
			new NoAnswerError('ECONNRESET'),
			{ status: 409, body: alreadyExistsBody },
		];
		const { confirm } = service(answers, [listed()], 1);
		const confirming = confirm(confirmRequestBody, { isKnownToExist: () => known.has('it') });
		known.add('it');
		await expect(confirming).resolves.toMatchObject({ outcome: 'alreadyExists' });
	});

	it.each([
		['600061', 600061],
		['0600061', 600061],
		['AlreadyExists', 'AlreadyExists'],
		['6e5', '6e5'],
		[undefined, 600061],
	])('a code %j is shown as %j', (code, shown) => {
		const facts = { status: 409, ...(code === undefined ? {} : { code }) };
		const ids = { requestId: REQUEST_ID, correlationId: CORRELATION_ID };
		const json = alreadyExistsJson(CONFIRM_CUSTOMER_ID, confirmRequestBody, {
			outcome: 'alreadyExists',
			facts,
			...ids,
		});
		expect(json.code).toBe(shown);
	});
});

/** A service without manners: whether it records, what it answers and whether it can list is chance. */
describe('whatever a service answers', () => {
	const statuses = [
		101, 200, 200, 201, 201, 201, 202, 204, 206, 302, 400, 401, 404, 408, 409, 409, 429, 500, 503,
	];
	const shapes: Array<(sent: AgreementToCreate) => unknown> = [
		(sent) => ({ ...sent, userId: 'x' }),
		(sent) => ({ ...sent, userId: 'x' }),
		(sent) => ({ ...sent, type: null }),
		(sent) => ({ ...sent, dateAgreed: '2020-01-01T00:00:00' }),
		(sent) => ({ ...sent, primaryContact: { ...sent.primaryContact, firstName: 'Otto' } }),
		(sent) => ({ ...sent, templateId: CLOUD }),
		(sent) => ({ ...sent, error: 'x' }),
		({ templateId }) => ({ templateId }),
		() => alreadyExistsBody,
		() => ({ code: ' 600061' }),
		() => ({ error: { code: 'x', message: 'y' } }),
		() => '',
		() => '<html>',
		() => '{"templateId":"',
		() => [],
		() => null,
	];

	it.each(Array.from({ length: 40 }, (_, seed) => seed + 1))(
		'nobody is confirmed without an agreement of his own (seed %d)',
		async (seed) => {
			let state = seed * 7_919;
			const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
			const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
			const clock = new SimulatedClock(seed);
			const held: AgreementToCreate[] = [];
			/** How many there were before the item that is under way. */
			let before = 0;
			const client = new PartnerCenterClient({
				clock,
				throttle: clientOf(new Throttle(clock), 10),
				newId: () => REQUEST_ID,
				send: (request) => {
					if (request.method === 'GET') {
						if (next(6) === 0) return Promise.reject(new NoAnswerError('ECONNRESET'));
						const items = held.map((one) => ({ ...one, dateAgreed: one.dateAgreed.slice(0, 19) }));
						return Promise.resolve({ status: 200, headers: {}, body: { items } });
					}
					const sent = request.body as AgreementToCreate;
					const isHeld = held.some(
						(one) => JSON.stringify(one.primaryContact) === JSON.stringify(sent.primaryContact),
					);
					const records = next(2) === 0 && !isHeld;
					if (records) held.push(sent);
					const chance = next(6);
					if (chance === 0) return Promise.reject(new NoAnswerError('ECONNRESET'));
					// A whole success with the agreement that was sent is told by nothing but a success.
					const body = pick(shapes)(sent);
					const status = pick(statuses);
					const isLie = (status === 200 || status === 201) && held.length === before;
					return Promise.resolve({ status: isLie ? 202 : status, headers: {}, body });
				},
			});
			const contacts = ['tania@example.com', 'Tania@example.com', 'rec@example.com'];
			const confirmed: AgreementToCreate[] = [];
			const known = new Set<string>();
			for (let item = 0; item < 12; item += 1) {
				const email = pick(contacts);
				before = held.length;
				const agreement = { ...confirmRequestBody, primaryContact: { ...contact, email } };
				const call = {
					correlationId: CORRELATION_ID,
					timeout: 60_000,
					maxRetries: next(3),
					maxRateLimitWait: 0,
				};
				const history = {
					isKnownToExist: () => known.has(email),
					otherConfirmations: () => confirmed,
				};
				const outcome = await clock
					.run(
						client.agreements.confirm(
							{ customerId: CONFIRM_CUSTOMER_ID, agreement },
							{ ...call, ...history },
						),
					)
					.catch((error: unknown) => error);
				if (outcome instanceof PartnerCenterError) continue;
				const { outcome: branch } = outcome as { outcome: string };
				known.add(email);
				if (branch !== 'confirmed') continue;
				confirmed.push(agreement);
				expect(
					held.filter((one) => one.primaryContact.email.toLowerCase() === email.toLowerCase())
						.length,
				).toBeGreaterThan(0);
			}
			expect(confirmed.length).toBeLessThanOrEqual(held.length);
		},
	);
});
