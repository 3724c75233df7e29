/** What Indirect Reseller → Get Many does with an item. */
import type { IDataObject } from 'n8n-workflow';
import type { IndirectReseller } from '../../client/Relationships';
import type { StartOperation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { collect } from '../collect';
import { oneOutputRun } from '../oneOutput';
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

export const start: StartOperation = (context, access) =>
	oneOutputRun(context, access, ({ client }) => {
		const callOptions = callOptionsOfOneExecution();
		return (item) => {
			const values = readFields(context, item, form.fields);
			const call = callOptions(values);
			return async () => {
				const resellers = client.relationships.listIndirectResellers(call);
				const found = await collect(resellers, values);
				return found.map((one) => ({ json: resellerJson(one, values.simplify) }));
			};
		};
	});
