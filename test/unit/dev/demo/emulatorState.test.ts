import { stateWith } from '../../../../dev/demo/emulatorState';
import { sampleState } from '../../../../dev/emulator/sampleCustomers';
import { stateSchema } from '../../../../dev/emulator/state';

const KNOWN = 'e0e40d06-2d2a-4503-acd3-bd68c96d1b02';
const NEW = '7d3f0c1e-58a4-4b6f-9a43-2f0b1c9d8e70';
const addedBy = (...records: Parameters<typeof stateWith>[0]) =>
	stateWith(records).state.customers.slice(sampleState.customers.length);

describe('the emulator that a file of customers runs against', () => {
	it('knows its sample customers, with their agreements', () => {
		const { state, added } = stateWith([]);
		expect(added).toBe(0);
		expect(state.customers).toEqual(sampleState.customers);
	});

	it('knows every further customer, who has confirmed nothing', () => {
		const { added } = stateWith([{ customerId: NEW, companyName: 'Szőke Kft.' }]);
		expect(added).toBe(1);
		expect(addedBy({ customerId: NEW, companyName: 'Szőke Kft.' })).toEqual([
			{ id: NEW, companyName: 'Szőke Kft.', domain: 'customer-7d3f0c1e.onmicrosoft.com' },
		]);
	});

	it.each(['Bakkerij ’t IJ', 'Ångström AB', 'Işık Çağrı A.Ş.', '鈴木酒造', 'شركة النور'])(
		'knows %s by its name',
		(companyName) => {
			expect(addedBy({ customerId: NEW, companyName })[0]?.companyName).toBe(companyName);
		},
	);

	it.each([undefined, null, '', '  ', 17])('gives a customer called %j a name', (companyName) => {
		expect(addedBy({ customerId: NEW, companyName })[0]?.companyName).toBe('Customer 7d3f0c1e');
	});

	it('knows a customer once, however often and in whatever spelling the file names it', () => {
		const { added } = stateWith([
			{ customerId: NEW },
			{ customerId: NEW.toUpperCase() },
			{ customerId: ` {${NEW}} ` },
		]);
		expect(added).toBe(1);
	});

	it.each([KNOWN, KNOWN.toUpperCase(), `{${KNOWN}}`])(
		'adds nothing for a sample customer: %s',
		(customerId) => {
			expect(addedBy({ customerId, companyName: 'Another name' })).toEqual([]);
		},
	);

	it.each([undefined, null, 17, '', 'Fabrikam', NEW.slice(1), `{${NEW}`, `${NEW};`, [NEW]])(
		'does not know a customer whose id is no GUID: %j',
		(customerId) => {
			expect(addedBy({ customerId })).toEqual([]);
		},
	);

	it('is a state that the emulator takes', () => {
		const { state } = stateWith([{ customerId: NEW }, { customerId: 'x' }]);
		expect(stateSchema.safeParse(state).success).toBe(true);
	});

	it('leaves the sample customers themselves alone', () => {
		const before = structuredClone(sampleState);
		stateWith([{ customerId: NEW }]);
		expect(sampleState).toEqual(before);
	});
});
