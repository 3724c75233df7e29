/** Attestation → Create, and what Confirm does beside it: further properties, and a refusal as retired. */
import type { IDataObject } from 'n8n-workflow';

import * as attestations from '../../../../dev/emulator/attestation/enhancedAttestation';
import { open, place } from '../../place';
import {
	agreementsOf,
	APP_CREDENTIAL,
	customers,
	json,
	loadNode,
	pairs,
	record,
	writes,
	type NodeSettings,
} from '../../workplace';

const PARAMETERS: IDataObject = {
	resource: 'attestation',
	operation: 'create',
	country: { __rl: true, mode: 'code', value: '={{ $json.country }}' },
	language: { __rl: true, mode: 'code', value: '={{ $json.language }}' },
	companyName: '={{ $json.companyName }}',
	signatoryFirstName: '={{ $json.firstName }}',
	signatoryLastName: '={{ $json.lastName }}',
	additionalBodyFields: '={{ $json.more }}',
	options: {},
};
const deal = (more: IDataObject = {}): IDataObject => ({
	country: 'NL',
	language: 'nl-NL',
	companyName: 'Contoso',
	firstName: 'Zsófia',
	lastName: 'Fűzesi',
	more: {},
	...more,
});

/** Runs Create with the app's credential; the error output is the second one. */
async function create(items: IDataObject[], more: IDataObject = {}, settings: NodeSettings = {}) {
	const { result, outputs } = await place.run(items, {
		parameters: { ...PARAMETERS, ...more },
		credentials: APP_CREDENTIAL,
		onError: 'continueErrorOutput',
		...settings,
	});
	const [created = [], errors = []] = outputs;
	return { result, created, errors };
}
/** As `createAttestation` of the emulator, with further properties in its answer. */
function answerWith(more: IDataObject): void {
	const { createAttestation } = attestations;
	jest.spyOn(attestations, 'createAttestation').mockImplementation((world, body) => {
		const answer = createAttestation(world, body);
		return { ...answer, body: { ...(answer.body as object), ...more } };
	});
}
afterEach(() => jest.restoreAllMocks());

const createdFor = () => place.emulator.attestations.map(({ request }) => request.companyName);
const posts = () =>
	place.emulator.requests.filter(({ path }) => path.endsWith('/attestations/enhanced'));

describe('the link for the customer', () => {
	const ID = '0b4c2f6e-3a5d-4c1e-9f7a-2d8e6b1c5a90';
	const answer = (body: unknown) =>
		jest
			.spyOn(attestations, 'createAttestation')
			.mockImplementation(() => ({ status: 201, body: body as never }));

	it.each([
		['by the name that vendors use', { attestationId: ID }],
		['in any case, with braces', { AttestationID: `{${ID.toUpperCase()}}` }],
		['as id, beside others', { country: 'NL', id: ID }],
	])('is built from the answer’s id: %s', async (_what, body) => {
		await open({ attestation: 'preview' });
		answer(body);
		const { created } = await create([deal()]);
		const { acceptanceUrl } = json(created)[0] ?? {};
		expect(acceptanceUrl).toBe(`${place.emulator.baseUrl}/mca/?attestationid=${ID}`);
	});

	it.each([{ reference: ID }, { id: 4711 }, { attestationId: 'pending' }, {}])(
		'is none where no id can be recognised, and the answer is handed on: %j',
		async (body) => {
			await open({ attestation: 'preview' });
			answer(body);
			const { created, errors } = await create([deal()]);
			expect(json(errors)).toEqual([]);
			expect(json(created)).toMatchObject([
				{
					acceptanceUrl: null,
					acceptanceUrlReason: expect.stringMatching(/no attestation ID/),
					...body,
				},
			]);
		},
	);

	it('is in no error, hint or log, and n8n hides it in stored executions', async () => {
		await open({ attestation: 'preview' });
		answer({ attestationId: ID });
		const { result } = await create([deal(), deal({ country: 'nl' })]);
		expect(JSON.stringify([result.hints('Confirm'), result.uiMessages])).not.toContain(ID);
		expect(loadNode().description.sensitiveOutputFields).toEqual([
			'acceptanceUrl',
			'attestationId',
		]);
	});
});

describe('Create', () => {
	it('sends the five documented properties, and hands the answer on whole', async () => {
		await open({ attestation: 'preview' });
		const both = [deal(), deal({ companyName: 'Fabrikam' })];
		// Side by side, they would arrive in any order.
		const { created, errors } = await create(both, { options: { maxConcurrency: 1 } });
		expect(json(errors)).toEqual([]);
		expect(posts().map(({ method, path, body }) => [method, path, JSON.parse(body)])[0]).toEqual([
			'POST',
			'/v1/attestations/enhanced',
			{
				country: 'NL',
				language: 'nl-NL',
				companyName: 'Contoso',
				signatoryFirstName: 'Zsófia',
				signatoryLastName: 'Fűzesi',
			},
		]);
		expect(json(created)).toEqual(
			place.emulator.attestations.map(({ id, request }) => ({
				attestationId: id,
				companyName: request.companyName,
				status: 'Pending',
				acceptanceUrl: `${place.emulator.baseUrl}/mca/?attestationid=${id}`,
				note: expect.stringContaining('Invented'),
				requestId: expect.any(String),
				correlationId: expect.any(String),
			})),
		);
		expect(pairs(created)).toEqual([0, 1]);
	});

	it('sends further properties by the names that are given, as text or as an object', async () => {
		await open({ attestation: 'preview' });
		await create([
			deal({ more: '{"signatoryEmail": "zsofia@contoso.example", "nested": {"a": [1]}}' }),
			deal({ more: { phone: '+36 1 555 0187' } }),
		]);
		expect(posts().map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
			{ signatoryEmail: 'zsofia@contoso.example', nested: { a: [1] } },
			{ phone: '+36 1 555 0187', companyName: 'Contoso' },
		]);
	});

	it('takes another version of the API for the path; one that is not there is explained', async () => {
		await open({ attestation: 'preview' });
		const { errors } = await create([deal()], { options: { apiVersion: '2.0' } });
		expect(posts().map(({ path }) => path)).toEqual(['/v2.0/attestations/enhanced']);
		expect(json(errors)).toMatchObject([
			{
				error: 'Partner Center does not know this call [Item 0]',
				message: expect.stringContaining("Compare 'API Version'"),
			},
		]);
	});

	it.each([
		[{ country: 'nl' }, '\'Country\' is not such a code: "nl"'],
		[{ country: '' }, "'Country' is empty"],
		[{ language: 'Dutch!' }, "'Language' is not such a code"],
		[{ companyName: ' ' }, "'Company Name' is empty"],
		[{ firstName: undefined }, "'Signatory First Name' is empty"],
		[{ lastName: '{{lastname}}' }, "'Signatory Last Name' holds a placeholder"],
		[{ more: '{"a": 1' }, "'Additional Body Fields' is not valid JSON"],
		[{ more: [1] }, "'Additional Body Fields' is a list, not a JSON object"],
		[
			{ more: '{"CompanyName": "Fabrikam"}' },
			'\'Additional Body Fields\' may not set "CompanyName"',
		],
	])('an item with %j is refused by the label of the field, and not sent', async (wrong, words) => {
		await open({ attestation: 'preview' });
		const { created, errors } = await create([deal(wrong), deal()]);
		expect(json(errors)).toMatchObject([{ error: expect.stringContaining(words) }]);
		expect(pairs(created)).toEqual([1]);
		expect(posts()).toHaveLength(1);
	});

	it.each(['../../customers', 'v1', '1/2', ''])('API Version %j is refused', async (apiVersion) => {
		await open({ attestation: 'preview' });
		const { errors } = await create([deal()], { options: { apiVersion } });
		expect(json(errors)[0]?.error).toMatch(/^'API Version' is (empty|not a version)/);
		expect(posts()).toEqual([]);
	});

	it('a lost answer is asked for again with the same MS-RequestId, and creates one', async () => {
		const { emulator } = await open({ attestation: 'preview' });
		const path = '/attestations/';
		emulator.faults.script([{ match: { path }, what: 'reset-after-write' }]);
		const { created } = await create([deal()]);
		expect(created).toHaveLength(1);
		expect(emulator.attestations).toHaveLength(1);
		expect(new Set(posts().map(({ headers }) => headers['ms-requestid'])).size).toBe(1);
	});

	it('an answer that never comes leaves a doubt in words that fit an attestation', async () => {
		const { emulator } = await open({ attestation: 'preview' });
		const path = '/attestations/';
		emulator.faults.script([{ match: { path }, times: 9, what: 'reset-after-write' }]);
		const { errors } = await create([deal()], { options: { maxRetries: 0 } });
		expect(json(errors)[0]?.message).toMatch(/^Whether the attestation was created is not known\./);
	});

	describe('with "Retry On Fail"', () => {
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const stop: NodeSettings = { onError: 'stopWorkflow', ...retry };
		const two = [deal(), deal({ companyName: 'Fabrikam' })];
		const oneAtATime = { options: { maxRetries: 0, maxConcurrency: 1 } };
		const faultAfterFirst = (what: 'reset-after-write' | 'status-503') => {
			const { createAttestation } = attestations;
			const match = { path: '/attestations/' };
			jest.spyOn(attestations, 'createAttestation').mockImplementationOnce((world, body) => {
				place.emulator.faults.script([{ match, times: 1, what }]);
				return createAttestation(world, body);
			});
		};

		it('what the first try created is not created again', async () => {
			await open({ attestation: 'preview' });
			faultAfterFirst('status-503');
			const { result } = await create(two, oneAtATime, stop);
			expect(result.status).toBe('success');
			expect(posts().map(({ status }) => status)).toEqual([201, 503, 201]);
			expect(createdFor()).toEqual(['Contoso', 'Fabrikam']);
		});

		it('nor where further properties move from try to try', async () => {
			await open({ attestation: 'preview' });
			faultAfterFirst('status-503');
			const additionalBodyFields = '={{ JSON.stringify({ requestedAt: $now.toISO() }) }}';
			const { result } = await create(two, { ...oneAtATime, additionalBodyFields }, stop);
			expect(result.status).toBe('success');
			expect(createdFor()).toEqual(['Contoso', 'Fabrikam']);
		});

		it('a lost answer is asked for by the next try with the same MS-RequestId and body', async () => {
			const { emulator } = await open({ attestation: 'preview' });
			const match = { path: '/attestations/' };
			emulator.faults.script([{ match, times: 1, what: 'reset-after-write' }]);
			const additionalBodyFields = '={{ JSON.stringify({ requestedAt: $now.toISO() }) }}';
			const more = { ...oneAtATime, additionalBodyFields };
			const { result, created } = await create([deal()], more, stop);
			expect([result.status, pairs(created)]).toEqual(['success', [0]]);
			expect(createdFor()).toEqual(['Contoso']);
			expect(posts()).toHaveLength(2);
			const [first, second] = posts();
			expect(second?.headers['ms-requestid']).toBe(first?.headers['ms-requestid']);
			expect(second?.body).toBe(first?.body);
		});

		it('a lost answer stays a doubt when the next try is refused', async () => {
			const { emulator } = await open({ attestation: 'preview' });
			const match = { path: '/attestations/' };
			emulator.faults.script([
				{ match, times: 1, what: 'reset-after-write' },
				{ match, times: 9, what: 'expired-401' },
			]);
			const settings = { ...retry, onError: 'continueErrorOutput' as const };
			const { errors } = await create([deal()], oneAtATime, settings);
			expect(json(errors)[0]?.message).toMatch(/^Whether the attestation was created is not known/);
		});

		it.each([null, '', { code: 0 }])(
			'an answer with an "error" of %j creates nothing again, whatever On Error says',
			async (error) => {
				await open({ attestation: 'preview' });
				answerWith({ error });
				for (const onError of [
					'stopWorkflow',
					'continueRegularOutput',
					'continueErrorOutput',
				] as const) {
					const before = createdFor().length;
					await create(two, {}, { onError, ...retry });
					expect(createdFor().slice(before).sort()).toEqual(['Contoso', 'Fabrikam']);
				}
			},
		);
	});
});

const errorOutput = { onError: 'continueErrorOutput' as const };
const withMore = (additionalBodyFields: unknown, options: IDataObject = {}): NodeSettings => ({
	...errorOutput,
	parameters: {
		additionalFields: { additionalBodyFields } as IDataObject,
		options,
	},
});

describe("Confirm's Additional Body Fields", () => {
	const bodies = () => writes(place.emulator).map(({ body }) => JSON.parse(body) as IDataObject);

	it('stand behind the documented properties; without them the body is the documented one', async () => {
		const { run } = await open({ state: { customers: customers(2) } });
		const { confirmed } = await run([record(1)], withMore('{"attestationId": "a1"}'));
		await run([record(2)], errorOutput);
		expect(confirmed).toHaveLength(1);
		expect(bodies().map((body) => Object.keys(body))).toEqual([
			['primaryContact', 'templateId', 'dateAgreed', 'type', 'attestationId'],
			['primaryContact', 'templateId', 'dateAgreed', 'type'],
		]);
	});

	it.each([
		'type',
		'Type',
		'agreementType',
		'templateId',
		'TEMPLATEID',
		'primaryContact',
		'dateAgreed',
		'customer',
		'customerId',
		'CustomerTenantId',
		'tenantId',
	])('can\'t set "%s": the item is refused by the label, before anything is sent', async (name) => {
		const { run, emulator } = await open({ state: { customers: customers(1) } });
		const { confirmed, errors } = await run([record(1)], withMore({ [name]: 'x' }));
		expect(confirmed).toEqual([]);
		expect(json(errors)[0]?.error).toContain(`'Additional Body Fields' may not set "${name}"`);
		expect(emulator.requests).toEqual([]);
	});

	it('are sent a hundred levels deep; deeper ones are refused by the label', async () => {
		const { run, emulator } = await open({ state: { customers: customers(1) } });
		const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
		const { errors } = await run([record(1)], withMore(nested(20_000)));
		expect(json(errors)[0]?.error).toContain(
			"'Additional Body Fields' is nested more than 100 levels deep",
		);
		expect(emulator.requests).toEqual([]);
		const { confirmed } = await run([record(1)], withMore(nested(100)));
		expect(confirmed).toHaveLength(1);
	});

	it('a dry run shows them, and writes nothing', async () => {
		const { run, emulator } = await open({ state: { customers: customers(1) } });
		const more = { attestationId: 'a1', outcome: 'x', dryRun: false };
		const { confirmed } = await run([record(1)], withMore(more, { dryRun: true }));
		expect(json(confirmed)).toMatchObject([
			{ outcome: 'wouldConfirm', dryRun: true, additionalBodyFields: more },
		]);
		expect(writes(emulator)).toEqual([]);
	});

	it('a confirmation with them whose answer is lost is found again, and made once', async () => {
		const { run, emulator } = await open({
			state: { customers: customers(1) },
			switches: { replaySameRequestId: false },
		});
		emulator.faults.script([{ match: { method: 'POST' }, what: 'reset-after-write' }]);
		const { confirmed } = await run([record(1)], withMore({ attestationId: 'a1' }));
		expect(json(confirmed)).toMatchObject([{ outcome: 'confirmed', reconciled: true }]);
		expect(agreementsOf(emulator)).toBe(1);
		expect(new Set(bodies().map((body) => JSON.stringify(body))).size).toBe(1);
	});

	it('finish a provisional attestation where the older confirmation is refused', async () => {
		const { run, emulator } = await open({
			state: { customers: customers(1) },
			attestation: 'preview',
			switches: { attestationAcceptance: 'atOnce', legacyConfirmation: 'refuse' },
		});
		const { created } = await create([deal({ companyName: 'Contoso 1' })]);
		const { attestationId } = json(created)[0] ?? {};
		const { confirmed } = await run([record(1)], withMore({ attestationId }));
		expect(confirmed).toHaveLength(1);
		expect(agreementsOf(emulator)).toBe(1);
	});
});

describe('a confirmation that Partner Center refuses as retired', () => {
	const status = { resource: 'customerAgreement', operation: 'getStatus' };

	it('says so, with its code and text, and what to do; Get Status goes on working', async () => {
		const { run } = await open({
			state: { customers: customers(1) },
			switches: { legacyConfirmation: 'refuse' },
		});
		const { confirmed, errors } = await run([record(1)], errorOutput);
		expect(confirmed).toEqual([]);
		expect(json(errors)).toMatchObject([
			{
				error: 'Partner Center answered that this way to confirm is retired [Item 0]',
				message: expect.stringMatching(
					/^Microsoft's answer: HTTP 410, code EmulatorInvented, "This way to confirm is retired.*What to do: .*Enhanced attestation: .*direct acceptance: .*Get Status/,
				),
			},
		]);
		const { outputs } = await run([record(1)], { parameters: status });
		expect(json(outputs[0])).toMatchObject([{ needsAction: true, partnerConfirmed: false }]);
	});

	it('without a reason, the possibility is named', async () => {
		const { run } = await open({
			state: { customers: customers(1) },
			switches: { legacyConfirmation: 'refuseUnexplained' },
		});
		const { errors } = await run([record(1)], errorOutput);
		expect(json(errors)).toMatchObject([
			{
				error: 'Partner Center does not let this user do that [Item 0]',
				message: expect.stringContaining('If that is the reason, there are two other ways'),
			},
		]);
	});
});
