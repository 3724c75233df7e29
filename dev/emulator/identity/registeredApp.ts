/**
 * The one app registration the emulated Entra knows, and the partner tenant it lives in. All of it
 * is sample data: it opens nothing but this emulator.
 */
export const EMULATOR_TENANT_ID = '5f1d4a9e-7c1b-4f0a-9e55-0b8f3c2d6a71';
export const EMULATOR_TENANT_DOMAIN = 'samplepartner.onmicrosoft.com';
export const EMULATOR_CLIENT_ID = 'c0ffee00-1a2b-4c3d-8e4f-5a6b7c8d9e0f';
export const EMULATOR_CLIENT_SECRET = 'sample-secret-for-the-local-emulator-only';

/** The audience Partner Center accepts. */
export const PARTNER_CENTER_RESOURCE = 'https://api.partnercenter.microsoft.com';
/** The Partner Center resource by its application id, which Entra accepts in its place. */
export const PARTNER_CENTER_APP_ID = 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd';
/** The audience that Partner Center stopped accepting in August 2025 (error 900420). */
export const GRAPH_RESOURCE = 'https://graph.windows.net';
