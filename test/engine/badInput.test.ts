/**
 * Confirm and Get MCA Metadata with what CRMs really deliver. Records are generated from a fixed
 * seed and run through n8n's engine in batches, against the emulator over HTTP.
 */
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { MCA_TEMPLATE_ID } from '../../dev/emulator/templates';
import { open, place } from './place';
import { customerId, customers, json, pairs, record, writes, type Outcome } from './workplace';

const SEED = 20261120;
const BATCHES = 3;
const CUSTOMERS = 30;
/** Ample for a loaded machine; a batch takes about a second. */

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

beforeEach(async () => {
	await open({ state: { customers: customers(CUSTOMERS) } });
});

/** What a field may do with a value: `open` where this test does not say. */
type Verdict = 'good' | 'bad' | 'open';
interface Value {
	given: unknown;
	verdict: Verdict;
}
const good = (...values: unknown[]) => values.map((given): Value => ({ given, verdict: 'good' }));
const bad = (...values: unknown[]) => values.map((given): Value => ({ given, verdict: 'bad' }));

const EMPTY = [undefined, null, '', ' ', ' \t\r\n\u00a0\u3000', '\u200b\u2060'];
const OTHER_KINDS = [true, false, [], ['Tania'], [[]], {}, { value: 'Tania' }, { a: { b: [1] } }];
const RESIDUE = ['{{contact.email}}', '{{ }}', '={{ $json.firstName }}', 'Dear {{first\nname}}'];
const CONTROL = ['Ta\u0000nia', 'Tania\r\nX-Injected: 1', 'Ta\u0007nia', 'Tania\u0085Carr'];
const BROKEN = ['\ud800Tania', 'Tania\udfff', '\udc00\ud800 x'];
const NOT_TEXT = [...OTHER_KINDS, 17, 0, -1.5];
const NOT_A_NAME = [...EMPTY, ...NOT_TEXT, ...RESIDUE, ...CONTROL, ...BROKEN];

const id = customerId(1);
const fullWidth = (text: string) =>
	text.replace(/[0-9a-f]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
/** A GUID with something around it or in it that must not get into a URL or a header. */
const NO_GUID = [
	...[`../${id}`, `${id}/..`, `${id}/../../v1/customers`, `..\\${id}`, `%2e%2e%2f${id}`],
	...[`${id}%2f..`, `${id}%00`, `${id}\u0000`, `${id}\r\nX-Injected: 1`, `${id}\nHost: x`],
	...[`${id}?a=b`, `${id}#x`, `${id};x`, `${id},${customerId(2)}`, `${id} ${id}`, `@${id}`],
	...[`{${id}`, `${id}}`, `(${id})`, `{{${id}}}`, `{ ${id} }`, `"${id}"`, `[${id}]`, `<${id}>`],
	...[fullWidth(id), id.replaceAll('-', '\u2010'), id.replaceAll('-', ''), `${id}0`, id.slice(1)],
	...[id.replace('4', '\u0664'), 'contoso.com', '../', '\ud83d\ude00'],
	...['x'.repeat(10_000), '{'.repeat(10_000), `${id}`.repeat(300), ...RESIDUE, ...BROKEN],
];
const writings = (guid: string) => [
	guid,
	`\u200e${guid.toUpperCase()}`,
	`{${guid}}\u200b`,
	` ${guid}\u00a0\r\n`,
];

const LONG = 'Zoë '.repeat(2_500);
const names = [
	...good('Tania', ' Zoë\t', '山田 花子', 'O’Neil', "Robert'); DROP TABLE--", '<b>T</b>'),
	...good('%00%0d%0a', 'a\\b"c', '{one} brace', 'e\u0301', 'a\u00a0\u200bb', LONG),
	...bad('👩🏽‍💻', '../..', '__proto__', ...NOT_A_NAME),
];

interface FuzzedField {
	label: string;
	values: Value[];
}
/** Every field of the form. Numbers of tries stay small and dry runs out, to keep it short. */
const fields = {
	customerId: {
		label: 'Customer',
		values: [
			...good(...Array.from({ length: CUSTOMERS }, (_, n) => writings(customerId(n + 1))[n % 4])),
			...bad(...EMPTY, ...NOT_TEXT, [id], { id }, ...NO_GUID),
		],
	},
	firstName: { label: 'First Name', values: names },
	lastName: { label: 'Last Name', values: names },
	email: {
		label: 'Email',
		values: [
			...good('someone@example.com', ' Someone@Example.COM\n', "o'neil+tag@bücher.example"),
			...good('用户@例子.测试', `${'a'.repeat(200)}@example.com`),
			...bad(...NOT_A_NAME, 'someone', 'a@b', 'a@b.c, d@e.f', 'T <a@b.c>', 'a@b@c.d', LONG),
			...bad('someone＠example.com', 'a@b.c\r\nBcc: d@e.f', `${'a'.repeat(10_000)}@example.com`),
		],
	},
	dateAgreed: {
		label: 'Date Agreed',
		values: [
			...good('2024-06-14', '2024-06-14T09:30:00+02:00', ' 2024-06-14 09:30 ', 1718323200000),
			...good('1718323200000', '2024-06-14T09:30:00.123456789Z'),
			...bad(...EMPTY, ...NOT_TEXT, ...RESIDUE, ...CONTROL, ...BROKEN, LONG, '😀', '14/06/2024'),
			...bad('2024-02-30', '2999-01-01', '0001-01-01T00:00:00Z', '1970-01-01', 1718323200, 1e300),
			...bad('２０２４-06-14', '9'.repeat(10_000), '2024-06-14T25:00', '2024-06-14T09:30+99:00'),
		],
	},
	phoneNumber: {
		label: 'Phone Number',
		values: [
			...good(...EMPTY, '+31 (0)20 123 45 67', 31201234567, 'ext. 5', '１２３', '9'.repeat(10_000)),
			...bad(...OTHER_KINDS, 1.5, 1e300, ...RESIDUE, ...CONTROL, ...BROKEN),
		],
	},
	templateId: {
		label: 'Template ID',
		values: [...good(...EMPTY, ...writings(MCA_TEMPLATE_ID)), ...bad(...NOT_TEXT, ...NO_GUID)],
	},
	correlationId: {
		label: 'Correlation ID',
		values: [
			...good(...EMPTY, ...writings('ab993325-1605-4cf4-bac4-fb584142a31b')),
			...bad(...NOT_TEXT, ...NO_GUID),
		],
	},
	maxRetries: {
		label: 'Max Retries',
		values: [...good(0, '0', ' 1 '), ...bad(-1, 21, 1.5, 'x', '', null, true, [], {}, LONG)],
	},
	timeout: {
		label: 'Timeout',
		values: [...good(60_000, '5000'), ...bad(0, 999, 1e9, 'x', '', null, true, [1000], {})],
	},
	maxConcurrency: {
		label: 'Max Concurrency',
		values: [...good(10, '3'), ...bad(0, 101, 0.5, '1e', '', null, true, [1], {})],
	},
	checkFirst: {
		label: 'Check First',
		values: [...good(false, true, ' TRUE '), ...bad('yes', '', null, 1, [], {}, ...RESIDUE)],
	},
	dryRun: {
		label: 'Dry Run',
		values: [...good(false, 'false'), ...bad('no', '', null, 0, [], {}, ...RESIDUE)],
	},
	includeExisting: {
		label: 'Include Existing Agreement',
		values: [...good(false, true), ...bad('ja', '', null, 2, [], {}, ...CONTROL)],
	},
} satisfies Record<string, FuzzedField>;
type FieldName = keyof typeof fields;
const fieldNames = Object.keys(fields) as FieldName[];
/** Whatever JSON can hold may come here; the others would make the run long or a dry one. */
const openFields = new Set<FieldName>([
	...(['firstName', 'lastName', 'email', 'dateAgreed', 'phoneNumber'] as const),
	...(['customerId', 'templateId', 'correlationId', 'maxRetries'] as const),
]);

const parametersFromRecord: IDataObject = {
	customerId: { __rl: true, mode: 'id', value: '={{ $json.customerId }}' },
	...Object.fromEntries(
		['firstName', 'lastName', 'email', 'dateAgreed'].map((name) => [name, `={{ $json.${name} }}`]),
	),
	additionalFields: {
		phoneNumber: '={{ $json.phoneNumber }}',
		templateId: '={{ $json.templateId }}',
	},
	options: Object.fromEntries(
		fieldNames
			.slice(fieldNames.indexOf('correlationId'))
			.map((name) => [name, `={{ $json.${name} }}`]),
	),
};

type Fuzzed = Record<FieldName, Value>;
const given = (fuzzed: Fuzzed): IDataObject =>
	Object.fromEntries(
		fieldNames.flatMap((name) => {
			const { given: value } = fuzzed[name];
			return value === undefined ? [] : [[name, value]];
		}),
	) as IDataObject;
const labelsOf = (fuzzed: Fuzzed, verdict: Verdict) =>
	fieldNames.filter((name) => fuzzed[name].verdict === verdict).map((name) => fields[name].label);

const anything: fc.Arbitrary<Value> = fc
	.oneof(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 40 }), fc.emailAddress())
	.map((value): Value => ({ given: value, verdict: 'open' }));

const goodOf = (name: FieldName) =>
	fc.constantFrom(...fields[name].values.filter(({ verdict }) => verdict === 'good'));
const junkOf = (name: FieldName) => {
	const known = fc.constantFrom(...fields[name].values);
	return openFields.has(name)
		? fc.oneof({ arbitrary: known, weight: 4 }, { arbitrary: anything, weight: 1 })
		: known;
};

/** Two of three records have one to three fields that hold anything. */
const fuzzedRecord: fc.Arbitrary<Fuzzed> = fc
	.oneof(
		{ arbitrary: fc.constant<FieldName[]>([]), weight: 1 },
		{ arbitrary: fc.subarray(fieldNames, { minLength: 1, maxLength: 3 }), weight: 2 },
	)
	.chain((junk) =>
		fc.record(
			Object.fromEntries(
				fieldNames.map((name) => [name, junk.includes(name) ? junkOf(name) : goodOf(name)]),
			) as Record<FieldName, fc.Arbitrary<Value>>,
		),
	);

/**
 * Records, the first forty of them twice, as after a repeated export. In a report a batch is only
 * counted: the items that are wrong are in the error itself.
 */
const batch = fc.array(fuzzedRecord, { minLength: 200, maxLength: 250 }).map((records) => ({
	records: [...records, ...records.slice(0, 40)],
	[fc.toStringMethod]: () => `${records.length} records`,
}));

/** Runs the property on a few batches; a failure names seed and path, and is not shrunk: that takes minutes. */
const everyBatch = (check: (records: Fuzzed[]) => Promise<void>) =>
	fc.assert(
		fc.asyncProperty(batch, async ({ records }) => {
			place.emulator.reset();
			await check(records);
		}),
		{ seed: SEED, numRuns: BATCHES, endOnFailure: true },
	);

const expectOnly = (complaints: string[]) => expect(complaints.slice(0, 10)).toEqual([]);
const short = (value: unknown) => JSON.stringify(value)?.slice(0, 600) ?? 'undefined';

/** Every request is a documented one, and carries nothing that came from a record's ids but a GUID. */
function requestFaults(): string[] {
	const known = new Set([
		...['accept', 'accept-encoding', 'connection', 'content-length', 'content-type'],
		...['host', 'ms-correlationid', 'ms-requestid', 'user-agent'],
	]);
	const customer = new Set(Array.from({ length: CUSTOMERS }, (_, n) => customerId(n + 1)));
	return place.emulator.requests.flatMap((request) => {
		const { method, path, headers } = request;
		const match =
			/^\/v1\/customers\/([^/?]+)\/agreements(\?agreementType=MicrosoftCustomerAgreement)?$/.exec(
				path,
			);
		const isMetadata =
			method === 'GET' && path === '/v1/agreements?agreementType=MicrosoftCustomerAgreement';
		const isCustomers =
			customer.has(match?.[1] ?? '') && (method === 'POST') === (match?.[2] === undefined);
		return [
			...(isMetadata || isCustomers ? [] : [`${method} ${path}`]),
			...Object.keys(headers).filter((name) => !known.has(name)),
			...[headers['ms-correlationid'], headers['ms-requestid']].filter(
				(one) => !GUID.test(one ?? ''),
			),
		].map((fault) => `request: ${String(fault)}`);
	});
}

/** What is left of a value that may be blank: as Partner Center must get it. */
const trimmed = (value: unknown) => {
	const text = String(value ?? '').trim();
	return /[^\p{Z}\p{Cc}\p{Cf}]/u.test(text) ? text : undefined;
};
/** What a person sees of it: no white space, nothing that is displayed as nothing. */
const seen = (value: unknown) =>
	trimmed(value)?.replace(/[\s\p{Z}\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB]/gu, '');
const bareGuid = (value: unknown) => seen(value)?.replace(/[{}]/g, '').toLowerCase();

/** Every write is that of an item on one of the two branches, with the documented body. */
function writeFaults(records: Fuzzed[], { confirmed, alreadyExists }: Outcome): string[] {
	const answered = [...confirmed, ...alreadyExists.filter(({ json: { code } }) => code !== null)];
	const itemOf = new Map(answered.map((item) => [item.json.requestId, item]));
	const sent = writes(place.emulator);
	const faults = sent.flatMap(({ headers, body, path }) => {
		const item = itemOf.get(headers['ms-requestid']);
		if (item === undefined) return [`a write without an item: ${short(body)}`];
		const input = given(records[pairs([item])[0] as number] as Fuzzed);
		const phoneNumber = seen(input.phoneNumber);
		const { dateAgreed, primaryContact, ...others } = JSON.parse(body) as IDataObject;
		const rest = {
			...others,
			primaryContact: Object.fromEntries(
				Object.entries(primaryContact as IDataObject).map(([name, value]) => [name, seen(value)]),
			),
		};
		const expected = {
			primaryContact: {
				firstName: seen(input.firstName),
				lastName: seen(input.lastName),
				email: trimmed(input.email),
				...(phoneNumber === undefined ? {} : { phoneNumber }),
			},
			templateId: MCA_TEMPLATE_ID,
			type: 'MicrosoftCustomerAgreement',
		};
		const correlationId = bareGuid(input.correlationId) ?? headers['ms-correlationid'];
		const isAsDocumented =
			isDeepStrictEqual(rest, expected) &&
			/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(dateAgreed)) &&
			path === `/v1/customers/${bareGuid(input.customerId)}/agreements` &&
			headers['ms-correlationid'] === correlationId;
		return isAsDocumented ? [] : [`${path} ${short(headers)} ${short(body)} for ${short(input)}`];
	});
	const isOnePerItem = sent.length === answered.length && itemOf.size === answered.length;
	return isOnePerItem ? faults : [...faults, `${sent.length} writes, ${answered.length} items`];
}

/** Every item of the error output says which fields are meant, and what to do. */
function errorFaults(records: Fuzzed[], errors: INodeExecutionData[]): string[] {
	return errors.flatMap((item) => {
		const index = pairs([item])[0] as number;
		const fuzzed = records[index] as Fuzzed;
		const { error, message, ...input } = item.json;
		const text = String(error);
		const named = (label: string) => text.includes(`'${label}' `);
		const isNamed =
			labelsOf(fuzzed, 'bad').every(named) &&
			!labelsOf(fuzzed, 'good').some(named) &&
			fieldNames.some((name) => named(fields[name].label));
		const isReadable =
			text.endsWith(` [Item ${index}]`) &&
			text.length < 2_000 &&
			!/[\p{Cc}\p{Cs}]/u.test(text) &&
			/^[^\p{Cc}]{10,}\.$/u.test(String(message));
		const isInputKept = isDeepStrictEqual(input, JSON.parse(JSON.stringify(given(fuzzed))));
		return isNamed && isReadable && isInputKept ? [] : [short(item.json)];
	});
}

describe('Confirm, with anything in any field', () => {
	it('On Error "Continue (using error output)": every item ends on exactly one output', async () => {
		await everyBatch(async (records) => {
			const outcome = await place.run(records.map(given), {
				onError: 'continueErrorOutput',
				parameters: parametersFromRecord,
			});
			const { confirmed, alreadyExists, errors, result } = outcome;
			expect(result.status).toBe('success');
			expect(result.outputs('Confirm')).toHaveLength(3);
			const all = [confirmed, alreadyExists, errors].flatMap((items) => pairs(items));
			expect(all.map(Number).sort((a, b) => a - b)).toEqual(records.map((_, item) => item));

			const failed = new Set(pairs(errors));
			expectOnly(
				records.flatMap((fuzzed, item) => {
					const isBad = labelsOf(fuzzed, 'bad').length > 0;
					const isOpen = labelsOf(fuzzed, 'open').length > 0;
					const isWrong = failed.has(item) ? !isBad && !isOpen : isBad;
					return isWrong
						? [`${failed.has(item) ? 'refused' : 'taken'}: ${short(given(fuzzed))}`]
						: [];
				}),
			);
			expectOnly(errorFaults(records, errors));
			expectOnly(requestFaults());
			expectOnly(writeFaults(records, outcome));
			// Else this would test next to nothing.
			for (const items of outcome.outputs) expect(items.length).toBeGreaterThan(5);
		});
	});

	it('On Error "Continue": failed items are told apart by their outcome', async () => {
		await everyBatch(async (records) => {
			const some = records.slice(0, 60);
			const { confirmed, alreadyExists, result } = await place.run(some.map(given), {
				onError: 'continueRegularOutput',
				parameters: parametersFromRecord,
			});
			expect(result.status).toBe('success');
			const all = [confirmed, alreadyExists].flatMap((items) => pairs(items));
			expect(all.map(Number).sort((a, b) => a - b)).toEqual(some.map((_, item) => item));
			expectOnly(
				confirmed.flatMap((item) => {
					const fuzzed = some[pairs([item])[0] as number] as Fuzzed;
					const { outcome, error, message } = item.json;
					const isTold =
						outcome === 'failed'
							? /'[A-Z][\w ]+' .+ \[Item \d+\]$/su.test(String(error)) && String(message) !== ''
							: outcome === 'confirmed' && labelsOf(fuzzed, 'bad').length === 0;
					return isTold ? [] : [short(item.json)];
				}),
			);
			expectOnly(requestFaults());
		});
	});

	it.each([
		['a customer ID with a path', 'Customer', { customerId: `../${id}` }],
		['a customer ID with a header', 'Customer', { customerId: `${id}\r\nX-Injected: 1` }],
		['a customer ID in full-width characters', 'Customer', { customerId: fullWidth(id) }],
		['a correlation ID with a header', 'Correlation ID', { correlationId: `${id}\r\nX: 1` }],
		['a template ID with a query', 'Template ID', { templateId: `${id}?x` }],
		['an empty name', 'First Name', { firstName: '\u00a0' }],
		['a name with a null byte', 'Last Name', { lastName: 'Ca\u0000rr' }],
		['an address that was not filled in', 'Email', { email: '{{contact.email}}' }],
		['a list for a date', 'Date Agreed', { dateAgreed: ['2024-06-14'] }],
		['a nested phone number', 'Phone Number', { phoneNumber: { mobile: '1' } }],
	])(
		'On Error "Stop": %s stops the run before anything is written for it',
		async (_what, label, junk) => {
			const defaults = { maxRetries: 0, timeout: 60_000, maxConcurrency: 1 };
			const switches = { checkFirst: false, dryRun: false, includeExisting: false };
			const records = [record(2), record(1, junk), record(3)].map((one) => ({
				...{ ...defaults, ...switches },
				...one,
			}));
			const { confirmed, result } = await place.run(records, { parameters: parametersFromRecord });
			expect(result.status).toBe('error');
			expect(result.error?.message).toMatch(new RegExp(`^'${label}' .+ \\[Item 1\\]$`, 's'));
			expect(result.error?.description).toMatch(/\. 1 customer was confirmed in this run/);
			expect(confirmed).toEqual([]);
			expect(writes(place.emulator).map(({ path }) => path)).toEqual([
				`/v1/customers/${customerId(2)}/agreements`,
			]);
			expectOnly(requestFaults());
		},
	);
});

describe('Confirm, with junk in the form itself', () => {
	const REQUIRED = ['firstName', 'lastName', 'email', 'dateAgreed'] as const;
	const junk = [17, true, ['x'], { a: 1 }, '{{contact.x}}', '\u0000', '../..'];

	it.each(REQUIRED)('%s: named, and nothing is sent', async (name) => {
		for (const value of junk) {
			if (name.endsWith('Name') && value === '../..') continue;
			const { errors, result } = await place.run([record(1)], {
				onError: 'continueErrorOutput',
				parameters: { [name]: value },
			});
			expect(result.status).toBe('success');
			expect(json(errors)[0]?.error).toMatch(
				new RegExp(`^'${fields[name].label}' .+ \\[Item 0\\]$`, 's'),
			);
		}
		expect(place.emulator.requests).toEqual([]);
	});

	it.each([
		['a number', 17],
		['text', '../x'],
		['an unknown mode', { __rl: true, mode: 'bogus', value: `../${id}` }],
		['a path', { __rl: true, mode: 'id', value: `${id}/../x` }],
		['a list', { __rl: true, mode: 'id', value: [id] }],
		['an object', { __rl: true, mode: 'id', value: { id } }],
	])('customerId, %s: nothing is sent', async (_what, value) => {
		const { confirmed, errors } = await place.run([record(1)], {
			onError: 'continueErrorOutput',
			parameters: { customerId: value as IDataObject },
		});
		expect(confirmed).toEqual([]);
		for (const { error } of json(errors)) expect(error).toMatch(/^'Customer' .+ \[Item 0\]$/s);
		expect(place.emulator.requests).toEqual([]);
	});

	it.each([null, '', [], {}])('required and empty (%j): n8n starts nothing', async (value) => {
		for (const name of [...REQUIRED, 'customerId']) {
			const { confirmed, errors } = await place.run([record(1)], {
				onError: 'continueErrorOutput',
				parameters: { [name]: value },
			});
			expect(confirmed).toEqual([]);
			for (const { error } of json(errors)) expect(error).toMatch(/^'[A-Z].+ \[Item 0\]$/);
		}
		expect(place.emulator.requests).toEqual([]);
	});

	it.each([null, '', 17, true, [], ['x'], { a: 1 }, 'options', '={{ { dryRun: true } }}'])(
		'additional fields and options of another kind (%j) count as not added: n8n drops them before the node runs',
		async (value) => {
			const { confirmed, result } = await place.run([record(1)], {
				onError: 'continueErrorOutput',
				parameters: { additionalFields: value, options: value } as IDataObject,
			});
			expect(result.status).toBe('success');
			expect(json(confirmed)).toMatchObject([{ outcome: 'confirmed' }]);
			expectOnly(requestFaults());
		},
	);
});

describe('Get MCA Metadata, with anything for its type', () => {
	const KNOWN = ['MicrosoftCustomerAgreement', 'MicrosoftCloudAgreement', '*'];
	const junk = [
		...[null, '', ' ', 17, true, [], ['*'], {}, '{{type}}', 'microsoftcustomeragreement', '**'],
		...['*&x=1', '*#', '../customers', '%2a', '*\r\nX: 1', '\u0000', '＊', '\ud800', '__proto__'],
		...['x'.repeat(10_000), 'constructor', 'MicrosoftCustomerAgreement '],
	];
	const metadata = { resource: 'agreementTemplate', operation: 'getMetadata' };

	it('refuses it by name, and asks for known types only', async () => {
		const types = [...KNOWN, ...junk];
		const { outputs, result } = await place.run(
			types.map((type) => ({ type }) as IDataObject),
			{
				onError: 'continueErrorOutput',
				parameters: { ...metadata, agreementType: '={{ $json.type }}' },
			},
		);
		expect(result.status).toBe('success');
		expect([...new Set(pairs(outputs[0]))]).toEqual([0, 1, 2]);
		expect(pairs(outputs[1])).toEqual(junk.map((_, index) => index + KNOWN.length));
		for (const { error, message } of json(outputs[1])) {
			expect(error).toMatch(/^'Agreement Type' is not one of the choices[^\p{Cc}]* \[Item \d+\]$/u);
			expect(message).toMatch(/\w{3,}.*\.$/);
		}
		expect(place.emulator.requests.map(({ path }) => path)).toEqual(
			KNOWN.map((type) => `/v1/agreements?agreementType=${type}`),
		);
	});

	it.each([null, 17, ['*'], {}, '*&x=1'])('given in the form itself: %j', async (agreementType) => {
		const { outputs } = await place.run([{}], {
			onError: 'continueErrorOutput',
			parameters: { ...metadata, agreementType } as IDataObject,
		});
		expect(outputs[0]).toEqual([]);
		expect(json(outputs[1])[0]?.error).toMatch(/^'Agreement Type' /);
		expect(place.emulator.requests).toEqual([]);
	});
});
