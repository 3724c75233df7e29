/** The operations that the node's form offers, for tests that go through all of them. */
import { loadNode } from '../../engine/workplace';

export interface OfferedOperation {
	resource: string;
	operation: string;
}

export const operations: readonly OfferedOperation[] = loadNode()
	.description.properties.filter(({ name }) => name === 'operation')
	.flatMap(({ displayOptions, options = [] }) =>
		options.map((option) => ({
			resource: String(displayOptions?.show?.resource?.[0]),
			operation: 'value' in option ? String(option.value) : '',
		})),
	);
