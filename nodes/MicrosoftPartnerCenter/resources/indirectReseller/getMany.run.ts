/** What Indirect Reseller → Get Many does with an item. */
import type { IDataObject } from 'n8n-workflow';
import type { IndirectReseller } from '../../client/Relationships';
import { collect, runOf } from '../runs';
import { form } from './getMany';

function resellerJson(reseller: IndirectReseller, simplify: boolean): IDataObject {
	if (!simplify) return reseller as IDataObject;
	const { id, name, mpnId, location, state } = reseller;
	return {
		id,
		name: name ?? null,
		mpnId: mpnId === null || mpnId === undefined ? null : String(mpnId),
		location: location ?? null,
		state: state ?? null,
	};
}

export const start = runOf(form, async (values, call, { client }) => {
	const resellers = client.relationships.listIndirectResellers(call);
	const found = await collect(resellers, values);
	return found.map((one) => ({ json: resellerJson(one, values.simplify) }));
});
