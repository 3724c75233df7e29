/**
 * How long the built node takes to load, with what n8n has loaded already: n8n-workflow and zod.
 *
 * node requireTime.cjs <folder of the installed package> <folder of n8n> → '{"milliseconds"}'
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [packageFolder, n8nFolder] = process.argv.slice(2);
const host = createRequire(join(n8nFolder, 'package.json'));
for (const name of ['n8n-workflow', 'zod']) host(name);

const load = createRequire(join(packageFolder, 'package.json'));
const started = process.hrtime.bigint();
load('./dist/nodes/MicrosoftPartnerCenter/MicrosoftPartnerCenter.node.js');
const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
process.stdout.write(JSON.stringify({ milliseconds }));
