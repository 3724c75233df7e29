/** "Read an error", a field: each row as an item says it, and nothing is sent for that item. */
import type { IDataObject } from 'n8n-workflow';

import type { RunOptions } from '../../dev/engine/runWorkflow';
import { rowsOf, saying } from './errorPage';
import { open } from './place';
import { APP_CREDENTIAL, customers, json, record, USER_CREDENTIAL } from './workplace';

interface Case {
	/** Fields of the record that differ. */
	has?: IDataObject;
	parameters?: IDataObject;
	asApp?: boolean;
	more?: Partial<RunOptions>;
}
const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
const ATTESTATION = {
	resource: 'attestation',
	operation: 'create',
	country: { __rl: true, mode: 'code', value: 'NL' },
	language: { __rl: true, mode: 'code', value: 'nl-NL' },
	companyName: '={{ $json.companyName }}',
	signatoryFirstName: 'Zsófia',
	signatoryLastName: 'Fűzesi',
};
const withBody = (additionalBodyFields: unknown): Case => ({
	has: { more: additionalBodyFields as IDataObject },
	parameters: { additionalFields: { additionalBodyFields: '={{ $json.more }}' } },
});
const options = (value: IDataObject): Case => ({ parameters: { options: value } });

const CASES: Readonly<Record<string, Case>> = {
	'is empty': { has: { firstName: ' ' } },
	'is …, not text': { has: { firstName: ['Tania'] } },
	'has an expression that could not be evaluated ("…")': {
		parameters: { email: '={{ $("Contact").item.json.email }}' },
	},
	'holds a placeholder that was not filled in': { has: { firstName: '{{contact.firstname}}' } },
	'holds a line break or another control character': { has: { lastName: 'Carr\nDirector' } },
	'holds a broken character (…)': { has: { lastName: 'Garc\ufffda' } },
	"holds a character that can't be seen (…)": { has: { email: 'tania@con\u200btoso.example' } },
	'has no letter': { has: { firstName: '123' } },
	'has no letter or digit': {
		has: { companyName: '---' },
		parameters: ATTESTATION,
		asApp: true,
	},
	'holds what a spreadsheet shows in place of a value': { has: { firstName: '#N/A' } },
	'is the formula of a spreadsheet': { has: { firstName: '=CONCAT(A1;B1)' } },
	'is a number that a spreadsheet has rounded': { has: { phoneNumber: '3.16123E+10' } },
	'holds the sign "…"': { has: { phoneNumber: '+31 20 555 0187 #4' } },
	'has no digit': { has: { phoneNumber: 'ask Tania' } },
	'has a domain that no mail can reach': { has: { email: 'tania@contoso.com.invalid' } },
	"is a spreadsheet's day number: it stands for …": { has: { dateAgreed: 45457 } },
	'is not an e-mail address': { has: { email: 'tania(at)contoso.example' } },
	'is neither a partner ID nor a tenant ID': {
		parameters: {
			resource: 'indirectReseller',
			operation: 'getAgreementStatus',
			indirectResellerId: 'ReleCloud',
		},
	},
	"is not a customer's tenant ID": { has: { customerId: '4711' } },
	'is an address that names no customer': {
		has: { customerId: 'https://partner.microsoft.com/dashboard/v2/customers/list' },
	},
	'is an address that names two customers': {
		has: {
			customerId:
				'https://partner.microsoft.com/dashboard/v2/customers/14876998-c0dc-46e6-9d0c-65a57a6c32ec?from=/customers/25987009-d1ed-47f7-8e1d-76b68b7d43fd',
		},
	},
	'is not a domain': {
		parameters: { customerId: { __rl: true, mode: 'domain', value: 'Contoso Ltd' } },
	},
	'is not a GUID': options({ correlationId: 'deal 4711' }),
	'is not a template of the Microsoft Customer Agreement: "…"': {
		parameters: { additionalFields: { templateId: '998b88de-aa99-4388-a42c-1b3517d49490' } },
	},
	'is not a date': { has: { dateAgreed: true } },
	'is not a valid date': { parameters: { dateAgreed: '={{ new Date("soon") }}' } },
	'is not a date that can be read unambiguously': { has: { dateAgreed: '06/12/2025' } },
	'is not a date or time that exists': { has: { dateAgreed: '2025-02-30' } },
	'is a number, but not of milliseconds since 1970': { has: { dateAgreed: 1718323200 } },
	'has a time-zone offset that does not exist': {
		has: { dateAgreed: '2024-06-14T10:00:00+25:00' },
	},
	'needs the workflow\'s time zone, and "…" is none': {
		has: { dateAgreed: '2024-06-14T10:00:00' },
		more: { timeZone: 'Mars/Base' },
	},
	'lies in the future': { has: { dateAgreed: '2099-01-01T00:00:00Z' } },
	'lies in the future, read as … in …': { has: { dateAgreed: '2099-01-01T10:00:00' } },
	'lies before the year 2000, like the empty date of a database': {
		has: { dateAgreed: '1970-01-01' },
	},
	'is not a whole number in range': options({ timeout: -1 }),
	'is neither on nor off': options({ dryRun: '={{ "perhaps" }}' }),
	'is not one of the choices': {
		parameters: {
			resource: 'agreementTemplate',
			operation: 'getMetadata',
			agreementType: '={{ "MCA" }}',
		},
	},
	'is not such a code': {
		parameters: {
			resource: 'agreementTemplate',
			operation: 'downloadDocument',
			language: 'nl-NL',
			country: 'nederland',
		},
	},
	"has both 'Company Name' and 'Domain', but Partner Center searches by one of them": {
		parameters: {
			resource: 'customer',
			operation: 'getAll',
			filters: { companyName: 'Contoso', domain: 'contoso.example' },
		},
	},
	'is not valid JSON': withBody('{"a": 1'),
	'is …, not a JSON object': withBody([1]),
	'has the property "…" twice': withBody('{"a": 1, "a": 2}'),
	'is nested more than … levels deep': withBody(deep(101)),
	// Marks that JSON escapes, by the million.
	'is too large or too deeply nested to be read': {
		parameters: {
			additionalFields: {
				additionalBodyFields: '={{ JSON.stringify({ a: "\\"\\\\".repeat(5000000) }) }}',
			},
		},
	},
	'may not have a property "…"': withBody('{"__proto__": {}}'),
	'may not set "…"': withBody({ primaryContact: {} }),
	'is not a version': {
		asApp: true,
		parameters: { ...ATTESTATION, companyName: 'Contoso', options: { apiVersion: '1/2' } },
	},
	'does not exist: "…"': { parameters: { operation: 'archive' } },
};

const rows = rowsOf('A field');

it.each(rows)('$seen', async ({ seen }) => {
	const { has = {}, parameters = {}, asApp = false, more = {} } = CASES[seen] ?? {};
	const { emulator, run } = await open({ state: { customers: customers(1) } });
	const { outputs } = await run(
		[record(1, has)],
		{
			onError: 'continueErrorOutput',
			parameters,
			credentials: asApp ? APP_CREDENTIAL : USER_CREDENTIAL,
		},
		more,
	);
	const said = json(outputs.flat());
	expect(said).toHaveLength(1);
	const [, label = '', fault = ''] =
		/^'([^']+)' (.*) \[Item 0\]$/.exec(String(said[0]?.error)) ?? [];
	expect(label).toMatch(/^[A-Z]/);
	expect(fault).toMatch(saying(seen));
	expect(said[0]?.message).toMatch(/\w+ \w+/);
	expect(emulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
});

it('no case stands for a row that is gone', () => {
	expect(Object.keys(CASES).filter((one) => !rows.some(({ seen }) => seen === one))).toEqual([]);
});
