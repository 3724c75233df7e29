/** Runs one operation of the node on records, at the workplace that the test opened. */
import type { IDataObject } from 'n8n-workflow';

import { place } from './place';

/** On Error: failed items go to an output of their own. */
export const errorOutput = { onError: 'continueErrorOutput' as const };

/** Runs an operation on records that name customers; failed items come out on their own output. */
export const runOperation = (
	records: IDataObject[],
	resource: string,
	operation: string,
	parameters: IDataObject = {},
	settings: object = errorOutput,
) => place.run(records, { ...settings, parameters: { resource, operation, ...parameters } });

/** The GET requests that reached the emulator and whose path holds this text. */
export const reads = (part: string) =>
	place.emulator.requests.filter(({ method, path }) => method === 'GET' && path.includes(part));
