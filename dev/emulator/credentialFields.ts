/** What a person enters in a credential of the package to use it with an emulator, and what n8n adds. */
import {
	EMULATOR_CLIENT_ID,
	EMULATOR_CLIENT_SECRET,
	EMULATOR_TENANT_ID,
} from './identity/registeredApp';

/** @param baseUrl of the emulator, as `startEmulator` gives it */
export function credentialFields(baseUrl: string) {
	return {
		tenantId: EMULATOR_TENANT_ID,
		environment: 'emulator',
		emulatorUrl: baseUrl,
		clientId: EMULATOR_CLIENT_ID,
		clientSecret: EMULATOR_CLIENT_SECRET,
	};
}

/**
 * A credential that a user has connected.
 *
 * @param tokens as `issueTokens` gives them
 */
export function connectedCredentialFields<T extends object>(baseUrl: string, tokens: T) {
	return {
		...credentialFields(baseUrl),
		oauthTokenData: { ...tokens } as { [K in keyof T]: T[K] },
	};
}
