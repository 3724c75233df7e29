/** The only two places that the probe talks to. */
export interface Endpoints {
	/** Origin of Microsoft Entra, such as `https://login.microsoftonline.com`. */
	login: string;
	/** Origin of the Partner Center API. */
	api: string;
}

/** The public cloud, the only one with calls about agreements. */
export const MICROSOFT: Endpoints = {
	login: 'https://login.microsoftonline.com',
	api: 'https://api.partnercenter.microsoft.com',
};

/** An emulator is both on one address. */
export function emulatorEndpoints(baseUrl: string): Endpoints {
	return { login: baseUrl, api: baseUrl };
}
