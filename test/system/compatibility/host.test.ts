/** That the project `host` is what it says: the built package on the zod and n8n-workflow of a host. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeApiError } from 'n8n-workflow';

const { HOST_ZOD = '', HOST_WORKFLOW } = process.env;
const root = path.join(__dirname, '../../..');
const built = path.join(root, 'dist/nodes/MicrosoftPartnerCenter');

it('the built package checks its fields with the zod that was named', () => {
	const folder = path.join(root, 'dev/hosts/engines/hoisted/node_modules', HOST_ZOD);
	const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
		version: string;
	};
	expect(`zod-${version}`).toContain(HOST_ZOD);
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the built file
	const { agreementSchema } = require(path.join(built, 'client/schemas.js')) as {
		agreementSchema: object;
	};
	// only schemas of zod 4 carry this
	expect('_zod' in agreementSchema).toBe(HOST_ZOD === 'zod-4');
});

it('what stops the node is an error of the n8n-workflow that was named', () => {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the built file
	const { asNodeError } = require(path.join(built, 'n8n/nodeErrors.js')) as {
		asNodeError: (context: object, failure: object, item: number, progress: string) => Error;
	};
	const failure = { what: 'Contoso is not known', advice: 'Check it.', status: 404 };
	const error = asNodeError({ getNode: () => ({ name: 'Confirm' }) }, failure, 0, '');
	expect(error.name).toBe('NodeApiError');
	expect(error instanceof NodeApiError).toBe(HOST_WORKFLOW !== 'hoisted');
});
