/** The filters of 'Any Audit Event': suggestions while somebody types, and what was entered. */
import type { ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import {
	readAuditFilters,
	searchAuditNames,
} from '../../../nodes/MicrosoftPartnerCenter/trigger/filters';

const polls = (values: Record<string, unknown>) =>
	({
		getNodeParameter: (name: string, fallback: unknown) => values[name] ?? fallback,
		getTimezone: () => 'UTC',
	}) as unknown as IPollFunctions;
const search = async (typed?: string) => {
	const { results } = await searchAuditNames.searchOperationTypes.call(
		{} as ILoadOptionsFunctions,
		typed,
	);
	return results.map(({ value }) => value);
};

it('suggests the names that hold what was typed, in any case', async () => {
	const names = await search(' ORDER ');
	expect(names).toEqual(['create_order', 'update_order']);
	expect((await search()).length).toBeGreaterThan(names.length);
	await expect(search('no such name')).resolves.toEqual([]);
});

it('are no filter where nothing was entered', () => {
	const none = { resourceType: '', operationType: '', operationStatus: '' };
	expect(readAuditFilters(polls({}))).toEqual(none);
});

it('are read from the list, by name, or from an expression', () => {
	const values = {
		resourceType: { __rl: true, mode: 'list', value: 'order' },
		operationType: { __rl: true, mode: 'name', value: ' CreateOrder ' },
		operationStatus: 'succeeded',
	};
	expect(readAuditFilters(polls(values))).toEqual({
		resourceType: 'order',
		operationType: 'CreateOrder',
		operationStatus: 'succeeded',
	});
});

it('are refused together, each by its label', () => {
	const values = { resourceType: 'two words', operationStatus: 7 };
	expect(() => readAuditFilters(polls(values))).toThrow(
		/^'Resource Type' is not such a code: "two words"; 'Status' is a number, not text/,
	);
});
