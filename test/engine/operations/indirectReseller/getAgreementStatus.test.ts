/** Indirect Reseller → Get Agreement Status: by partner ID or tenant ID, whichever a list holds. */
import { open, place } from '../../place';
import { runOperation } from '../../runOperation';
import { json, pairs } from '../../workplace';

const ID = 'b01b1487-b36e-4e6d-9b5e-0b58974c4b28';
const reseller = { id: ID, name: 'ReleCloud', mpnId: '4847433' };
const ask = async (...given: unknown[]) =>
	await runOperation(
		given.map((id) => ({ id })) as never,
		'indirectReseller',
		'getAgreementStatus',
		{ indirectResellerId: '={{ $json.id }}' },
	);

describe('Indirect Reseller → Get Agreement Status', () => {
	it('takes a partner ID as text or number, or a tenant ID', async () => {
		await open({ state: { customers: [], indirectResellers: [reseller] } });
		const { outputs } = await ask('4847433', 4_847_433, `{${ID.toUpperCase()}}`);
		expect(json(outputs[0])).toEqual([
			{ mpnId: '4847433', isAgreementSigned: true },
			{ mpnId: '4847433', isAgreementSigned: true },
			{ tenantId: ID, isAgreementSigned: true },
		]);
	});

	it('says who has not signed', async () => {
		const unsigned = { ...reseller, agreementSigned: false };
		await open({ state: { customers: [], indirectResellers: [unsigned] } });
		const { outputs } = await ask('4847433');
		expect(json(outputs[0])).toEqual([{ mpnId: '4847433', isAgreementSigned: false }]);
	});

	it('refuses what is neither before anything is sent', async () => {
		await open();
		const { outputs } = await ask('ReleCloud', '', null, '48.474');
		expect(pairs(outputs[1])).toEqual([0, 1, 2, 3]);
		expect(json(outputs[1]).map(({ error }) => error)).toEqual([
			`'Indirect Reseller ID' is neither a partner ID nor a tenant ID: "ReleCloud" [Item 0]`,
			"'Indirect Reseller ID' is empty [Item 1]",
			"'Indirect Reseller ID' is empty [Item 2]",
			`'Indirect Reseller ID' is neither a partner ID nor a tenant ID: "48.474" [Item 3]`,
		]);
		expect(place.emulator.requests).toEqual([]);
	});
});
