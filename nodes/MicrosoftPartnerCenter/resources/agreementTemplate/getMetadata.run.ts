/** What Agreement Template → Get MCA Metadata does with an item. */
import type { AgreementTemplate, AgreementTypeFilter } from '../../client/schemas';
import { SharedLookup } from '../../client/SharedLookup';
import type { StartOperation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution, waitedFor } from '../runs';
import { form } from './getMetadata';

export const start: StartOperation = (context, { client, clock, throttle }) => {
	const callOptions = callOptionsOfOneExecution();
	/** The answer is the same for every item: one request for each type. */
	const lookups = new Map<AgreementTypeFilter, SharedLookup<AgreementTemplate[]>>();
	return {
		concurrency: () => 1,
		prepare(item) {
			const { agreementType, ...call } = readFields(context, item, form.fields);
			return {
				async run() {
					const lookup =
						lookups.get(agreementType) ??
						new SharedLookup<AgreementTemplate[]>(clock, Number.POSITIVE_INFINITY);
					lookups.set(agreementType, lookup);
					const options = callOptions(call);
					const ask = async () => await client.agreements.listTemplates(agreementType, options);
					return (await lookup.get(ask, options, clock)).map((template) => ({
						output: 0,
						json: { ...template },
					}));
				},
			};
		},
		progress: () => '',
		finish: () => undefined,
		summary: () => waitedFor(throttle),
	};
};
