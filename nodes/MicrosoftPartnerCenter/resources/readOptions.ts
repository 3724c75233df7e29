/** The Options collection of the operations that read. */
import type { INodeProperties } from 'n8n-workflow';

import { correlationIdOption, maxRetriesOption, timeoutOption } from './callOptions';
import { maxConcurrencyOption } from './maxConcurrency';

export const readOptionsProperty: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [correlationIdOption, maxConcurrencyOption, maxRetriesOption, timeoutOption],
};
