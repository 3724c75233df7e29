/** What n8n hands to a node while it runs, of which a test looks at some parts only. */
import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { CREDENTIALS } from '../../nodes/MicrosoftPartnerCenter/n8n/credentials';

export const CREDENTIAL = CREDENTIALS.appAndUser.type;
export const API = 'https://api.partnercenter.microsoft.com';

/** As n8n decrypts it. */
export const credential = {
	environment: 'partnerCenter',
	apiBaseUrl: API,
	oauthTokenData: { access_token: 'a', refresh_token: 'r' },
};

/**
 * @param parts in place of the context's own
 * @param helpers n8n's request helpers
 */
export function executionContext(parts: object = {}, helpers: object = {}): IExecuteFunctions {
	const node = {
		name: 'Confirm',
		type: 'node',
		parameters: {},
		credentials: { [CREDENTIAL]: { id: '1', name: 'Partner Center' } },
	};
	return {
		getNode: () => node,
		getInputData: () => [{ json: {} }],
		getNodeOutputs: () => [{ type: 'main' }],
		continueOnFail: () => true,
		getCredentials: async () => credential,
		helpers,
		...parts,
	} as unknown as IExecuteFunctions;
}

/** The same for a list that opens in the form. */
export function formContext(helpers: object = {}): ILoadOptionsFunctions {
	return executionContext({}, helpers) as unknown as ILoadOptionsFunctions;
}

/** @returns a function that throws that, as n8n's helpers do; it need not be an Error */
export const rejecting = (error: unknown) => async () => {
	throw error;
};

/** Gives everybody who waits for a promise a turn. */
export const turns = async () => await new Promise<void>((resolve) => setImmediate(resolve));
