/**
 * n8n's own credential resolution, as its server runs it. It is not part of the engine package, so
 * that one file of the server is loaded here, with everything that only reaches its database left
 * out.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { oAuth2BaseProperties } from '../../dev/engine/oauth2Base';
import { engine, engineModules } from './workplace';

const server = path.join(__dirname, `../../dev/hosts/engines/${engine}-server/dist`);

/** Answers every property and call with itself: stands for what must not be needed. */
const unused: unknown = new Proxy(function () {}, {
	get: (_target, key) => (key === Symbol.toPrimitive ? () => '' : unused),
	apply: () => unused,
	construct: () => ({}),
});

function load(file: string): Record<string, unknown> {
	const module = { exports: {} as Record<string, unknown> };
	const fromEngine = createRequire(path.join(engineModules, '../package.json'));
	const resolve = (name: string): unknown => {
		/* eslint-disable @typescript-eslint/no-require-imports -- as jest maps them for this engine */
		if (name === 'n8n-workflow') return require('n8n-workflow') as unknown;
		if (name === 'n8n-core') return require('n8n-core') as unknown;
		/* eslint-enable */
		if (name === '@n8n/di') return fromEngine(name) as unknown;
		if (/dcr-managed-fields|mock-node-types/.test(name)) return load(path.join(server, name));
		return unused;
	};
	const script = file.endsWith('.js') ? file : `${file}.js`;
	if (!existsSync(script)) throw new Error('Run npm run engines first: it brings this file of n8n');
	const code = readFileSync(script, 'utf8');
	vm.runInThisContext(`(function (require, module, exports) {${code}\n})`)(
		resolve,
		module,
		module.exports,
	);
	return module.exports;
}

interface Helper {
	applyDefaultsAndOverwrites(...args: unknown[]): unknown;
}

/** @returns what n8n's server makes of the stored fields of a credential */
export async function resolveAsServer(
	credentialType: ICredentialType,
	stored: Record<string, unknown>,
): Promise<Record<string, unknown>> {
	const { CredentialsHelper } = load(path.join(server, 'credentials-helper')) as {
		CredentialsHelper: new (...services: unknown[]) => Helper;
	};
	const base = { name: 'oAuth2Api', displayName: '', properties: oAuth2BaseProperties };
	const types: Record<string, { properties: INodeProperties[] }> = {
		oAuth2Api: base,
		[credentialType.name]: credentialType,
	};
	const credentialTypes = { getByName: (name: string) => types[name] };
	const overwrites = {
		applyOverwrite: (_type: string, data: unknown) => data,
		usesManagedAuth: () => false,
	};
	const helper = new CredentialsHelper(credentialTypes, overwrites);
	const additionalData = { variables: {}, executionId: '1' };
	// n8n 1.x is also told which stored credential it is.
	const which = engine === 'n8n-1' ? [{ id: null, name: 'Partner Center' }] : [];
	const resolved = await helper.applyDefaultsAndOverwrites(
		...[additionalData, stored, ...which, credentialType.name, 'manual'],
	);
	return resolved as Record<string, unknown>;
}
