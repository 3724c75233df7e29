/** The rows of "Read an error", and what an item says when it is confirmed through a stand-in. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { CredentialStore } from '../../dev/engine/runWorkflow';
import { place } from './place';
import { standInFrontOf, type Answer } from './standIn';
import { APP_ONLY_TYPE, CREDENTIAL_TYPE, json, record, type NodeSettings } from './workplace';

const PAGE = path.join(__dirname, '../../docs/operations/read-an-error.md');

export interface Row {
	seen: string;
	codes: string[];
	meaning: string;
}

/** The rows of a part of the page, as a reader sees them. */
export function rowsOf(heading: string): Row[] {
	const part = readFileSync(PAGE, 'utf8')
		.split(/^## /m)
		.find((one) => one.startsWith(heading));
	return (part ?? '')
		.split('\n')
		.filter((line) => /^\| (?!What you see|-)/.test(line))
		.map((line) => {
			const [, first = '', meaning = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
			const [seen = '', codes = ''] = first.split('<br>');
			return { seen, codes: [...codes.matchAll(/`(\w+)`/g)].map(([, code = '']) => code), meaning };
		});
}

/** Matches what an item says; a row's `…` stands for anything. */
export function saying(seen: string): RegExp {
	const parts = seen.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.+?')}`);
}

const errorOutput: NodeSettings = {
	onError: 'continueErrorOutput',
	parameters: { options: { maxRetries: 0 } },
};
export interface Said {
	error: string;
	message: string;
}
let credentialsMade = 0;

/**
 * One record, confirmed through a stand-in where that has answers of its own; what its item says. The credential is one of its own: n8n
 * remembers renewals by the credential's ID.
 */
export async function itemOf(
	answerTo: ((call: string) => Answer | undefined) | undefined,
	{ appOnly = false, ...settings }: NodeSettings & { appOnly?: boolean } = {},
	change: (data: ICredentialDataDecryptedObject) => void = () => undefined,
): Promise<Said> {
	const { run, emulator, credentials } = place;
	const { url } =
		answerTo === undefined
			? { url: emulator.baseUrl }
			: await standInFrontOf(emulator.baseUrl, answerTo);
	const type = appOnly ? APP_ONLY_TYPE : CREDENTIAL_TYPE;
	const id = `own ${(credentialsMade += 1)}`;
	const data = { ...credentials.data(appOnly ? '2' : '1'), emulatorUrl: url };
	change(data);
	const { result } = await run(
		[record(1)],
		{ ...errorOutput, credentials: { [type]: { id, name: 'Partner Center' } }, ...settings },
		{ credentials: new CredentialStore({ [id]: { type, data } }) },
	);
	const [item] = json(result.outputs('Confirm').flat()).filter(({ error }) => error !== undefined);
	return item as unknown as Said;
}
