/** Which customer a field means: an ID in any writing, a choice from the list, or a domain. */
import fc from 'fast-check';

import { customerField } from '../../../nodes/MicrosoftPartnerCenter/fields/customer';
import { fault, readWith } from '../../support/readWith';

describe("a customer's ID", () => {
	const id = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';

	it.each([id, id.toUpperCase(), `{${id}}`, ` {${id.toUpperCase()}}\n`])(
		'%s is read as the GUID in lower case',
		(value) => {
			expect(readWith(customerField, value)).toEqual({ customerId: id });
			expect(readWith(customerField, { __rl: true, mode: 'id', value })).toEqual({
				customerId: id,
			});
		},
	);

	it.each([
		'contoso.com',
		`${id}/../x`,
		`${id}%2e%2e%2f`,
		`${id}?a=1`,
		`${id}#`,
		`{${id}`,
		id.replaceAll('-', ''),
		'14876998-c0dc-46e6-9d0c-65a57a6c32eg',
	])('%s is refused', (value) => {
		expect(readWith(customerField, value)).toEqual(fault("is not a customer's tenant ID"));
	});

	it('one that would split a header is refused', () => {
		expect(readWith(customerField, `${id}\r\nX: 1`)).toEqual(
			fault('holds a line break or another control character'),
		);
	});

	it('empty is called empty', () => {
		expect(readWith(customerField, '')).toEqual(fault('is empty'));
	});

	const page = `https://partner.microsoft.com/dashboard/v2/customers/${id}/account`;

	it.each([page, ` ${page.toUpperCase().replace('CUSTOMERS', 'customers')}\n`, `\u200b${page}`])(
		'%j, pasted from the browser, is read as the customer of the page',
		(value) => {
			expect(readWith(customerField, value)).toEqual({ customerId: id });
			for (const mode of ['id', 'url', 'list']) {
				const locator = { __rl: true, mode, value };
				expect(readWith(customerField, locator)).toEqual({ customerId: id });
			}
		},
	);

	it('in the mode By URL, a bare ID is one too', () => {
		const locator = { __rl: true, mode: 'url', value: id };
		expect(readWith(customerField, locator)).toEqual({ customerId: id });
	});

	it.each(['id', 'url'])('an address without a customer is refused (%s)', (mode) => {
		const value = 'https://partner.microsoft.com/dashboard/v2/customers/list';
		expect(readWith(customerField, { __rl: true, mode, value })).toEqual(
			fault('is an address that names no customer'),
		);
	});

	it('an address that names two customers is refused: nobody can tell which is meant', () => {
		const value = `${page}?from=/customers/25987009-d1ed-47f7-8e1d-76b68b7d43fd`;
		expect(readWith(customerField, value)).toEqual(fault('is an address that names two customers'));
	});

	it('never yields anything but a bare GUID', () => {
		const near = fc.oneof(fc.string({ unit: 'binary' }), fc.uuid(), fc.anything());
		fc.assert(
			fc.property(near, (value) => {
				const parsed = readWith(customerField, value) as { customerId?: string };
				if (parsed.customerId !== undefined) expect(parsed.customerId).toMatch(/^[0-9a-f-]{36}$/);
			}),
		);
	});
});

describe('a customer in the resource locator', () => {
	const id = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
	const locator = (mode: string, value: unknown, cachedResultName?: string) => ({
		...{ __rl: true, mode, value },
		...(cachedResultName === undefined ? {} : { cachedResultName }),
	});

	it('from the list brings its name along', () => {
		const chosen = locator('list', id, 'Contoso (Nederland) (contoso.onmicrosoft.com)');
		expect(readWith(customerField, chosen)).toEqual({
			customerId: id,
			companyName: 'Contoso (Nederland)',
		});
	});

	it('by domain is looked up later, in lower case', () => {
		const domain = locator('domain', ' Contoso.OnMicrosoft.com ');
		expect(readWith(customerField, domain)).toEqual({
			domain: 'contoso.onmicrosoft.com',
		});
		expect(readWith(customerField, locator('domain', 'bücher.example'))).toEqual({
			domain: 'bücher.example',
		});
	});

	it('an ID is an ID in every mode', () => {
		expect(readWith(customerField, locator('domain', id))).toEqual({
			customerId: id,
		});
	});

	it.each(['contoso', 'http://contoso.com', 'a@contoso.com', 'contoso.com/..', 'a b.com', '.com'])(
		'%s is no domain',
		(value) => {
			expect(readWith(customerField, locator('domain', value))).toEqual(fault('is not a domain'));
		},
	);
});
