/** Indirect Reseller → Get Many: the resellers that an indirect provider works with. */
import type { IDataObject } from 'n8n-workflow';

import type { IndirectReseller } from '../../client/Relationships';
import { readOptionFields } from '../../fields/callOptions';
import { formOf } from '../../fields/form';
import { returnAllFields, simplifyField } from '../../fields/returnAll';
import type { Operation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { collect } from '../collect';
import { oneOutputRun } from '../oneOutput';

const form = formOf({ ...returnAllFields, simplify: simplifyField, ...readOptionFields });

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

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many indirect resellers',
		description: 'Get the indirect resellers of an indirect provider',
	},
	fields: form.properties,
	outputs: ['Indirect Resellers'],
	signIn: 'appAndUser',
	start: (context, access) =>
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
		}),
};
