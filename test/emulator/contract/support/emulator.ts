/** One emulator per test file, and a plain HTTP client that a test drives it with. */
import axios, { type AxiosInstance, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import type { IssueTokensOptions } from '../../../../dev/emulator/identity/Identity';
import {
	startEmulator,
	type Emulator,
	type EmulatorOptions,
} from '../../../../dev/emulator/startEmulator';

export const CONTOSO = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
export const FABRIKAM = 'e0e40d06-2d2a-4503-acd3-bd68c96d1b02';
export const TREY_DIRECTLY_SIGNED = 'a6fb5f9e-a47b-46b5-a7e0-2a7e774b1224';
export const ALPINE_WITHOUT_RELATIONSHIP = 'f34259b5-9534-41ed-990f-90bbeb62b024';
export const UNKNOWN_CUSTOMER = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

/** A client that never throws for a status and never touches the body's text. */
export function plainClient(baseURL: string): AxiosInstance {
	return axios.create({
		baseURL,
		timeout: 5000,
		maxRedirects: 0,
		validateStatus: () => true,
		responseType: 'text',
		transformResponse: (text: unknown) => text,
	});
}

export type Answer = AxiosResponse<string>;

export function json(answer: Answer): unknown {
	return JSON.parse(answer.data);
}

export interface Harness {
	readonly emulator: Emulator;
	readonly http: AxiosInstance;
	/** Calls the API, as a partner user who signed in with MFA unless told otherwise. */
	call(config: AxiosRequestConfig, as?: IssueTokensOptions): Promise<Answer>;
	confirm(customerId: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
	agreements(customerId: string, agreementType?: string): Promise<Answer>;
}

/** Starts before the file's tests, resets before each, closes after all. */
export function emulatorForThisFile(options: EmulatorOptions = {}): Harness {
	let emulator: Emulator | undefined;
	let http: AxiosInstance | undefined;
	const running = <T>(value: T | undefined): T => {
		if (value === undefined) throw new Error('The emulator has not been started yet');
		return value;
	};

	beforeAll(async () => {
		emulator = await startEmulator(options);
		http = plainClient(emulator.baseUrl);
	});
	beforeEach(() => running(emulator).reset());
	afterAll(async () => await emulator?.close());

	const call = async (
		config: AxiosRequestConfig,
		as: IssueTokensOptions = { kind: 'user' },
	): Promise<Answer> => {
		const { access_token } = await running(emulator).issueTokens(as);
		return await running(http).request<string>({
			...config,
			headers: { Authorization: `Bearer ${access_token}`, ...config.headers },
		});
	};

	return {
		get emulator() {
			return running(emulator);
		},
		get http() {
			return running(http);
		},
		call,
		confirm: async (customerId, body, headers = {}) =>
			await call({
				method: 'POST',
				url: `/v1/customers/${customerId}/agreements`,
				data: typeof body === 'string' ? body : JSON.stringify(body),
				headers: { 'Content-Type': 'application/json', ...headers },
			}),
		agreements: async (customerId, agreementType = 'MicrosoftCustomerAgreement') =>
			await call({
				method: 'GET',
				url: `/v1/customers/${customerId}/agreements`,
				params: { agreementType },
			}),
	};
}
