/** Probes a tenant or a sandbox: signs in, asks, and answers. */
import { askAll, type ProbeResult } from './askAll';
import { signInByDeviceCode } from './signIn/deviceCode';
import { Tokens, type App } from './signIn/Tokens';
import { Survey, type SurveyOptions } from './Survey';
import { ApiClient } from './wire/ApiClient';
import type { Endpoints } from './wire/endpoints';
import { Wire } from './wire/Wire';

export interface TenantProbe {
	endpoints: Endpoints;
	app: App;
	/** Without one the user signs in by a device code. */
	refreshToken: string | undefined;
	/** Where to sign in and with which code, for the user. */
	show: (message: string) => void;
	survey: SurveyOptions;
}

/**
 * @returns the answers, and the origins that were called
 * @throws SignInError when Microsoft Entra refuses
 */
export async function probeTenant(
	probe: TenantProbe,
): Promise<ProbeResult & { contacted: readonly string[] }> {
	const { endpoints, app, refreshToken, show, survey } = probe;
	const wire = new Wire(endpoints);
	const tokens = new Tokens(wire, endpoints, app);
	if (refreshToken === undefined) await signInByDeviceCode(tokens, ({ message }) => show(message));
	else tokens.useRefreshToken(refreshToken);
	const client = new ApiClient(wire, endpoints, tokens);
	const result = await askAll(new Survey(client, tokens, survey));
	return { ...result, contacted: [...wire.contacted] };
}
