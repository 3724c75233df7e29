/**
 * How long the built node takes to load, with what n8n has loaded already: n8n-workflow and zod; and how
 * long what the first execution of Confirm loads besides.
 *
 * node requireTime.cjs <folder of the installed package> <folder of n8n> → '{"milliseconds", "firstExecution"}'
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [packageFolder, n8nFolder] = process.argv.slice(2);
const host = createRequire(join(n8nFolder, 'package.json'));
for (const name of ['n8n-workflow', 'zod']) host(name);

const load = createRequire(join(packageFolder, 'package.json'));
const timeOf = (...files) => {
	const started = process.hrtime.bigint();
	for (const file of files) load(`./dist/nodes/MicrosoftPartnerCenter/${file}.js`);
	return Number(process.hrtime.bigint() - started) / 1e6;
};
const milliseconds = timeOf('MicrosoftPartnerCenter.node');
const firstExecution = timeOf('n8n/client', 'resources/customerAgreement/confirm.run');
process.stdout.write(JSON.stringify({ milliseconds, firstExecution }));
