/**
 * Jest's resolver for the project `host`. The built package gets the modules that a host would give
 * it, everybody else those of the engine: HOST_ZOD names a zod and HOST_WORKFLOW=hoisted a second
 * n8n-workflow in `dev/hosts/engines/hoisted`, as a manual install leaves them beside the package.
 */
const path = require('node:path');

const root = path.join(__dirname, '../../..');
const built = path.join(root, 'dist') + path.sep;
const hoisted = path.join(root, 'dev/hosts/engines/hoisted/node_modules');
const engineModules =
	process.env.HOST_ENGINE === 'n8n-1'
		? path.join(root, 'dev/hosts/engines/n8n-1/node_modules')
		: path.join(root, 'node_modules');

const forPackage = {
	...(process.env.HOST_ZOD && { zod: path.join(hoisted, process.env.HOST_ZOD) }),
	...(process.env.HOST_WORKFLOW === 'hoisted' && {
		'n8n-workflow': path.join(hoisted, 'n8n-workflow'),
	}),
};
const ofHost = ['n8n-core', 'n8n-workflow', 'zod', 'reflect-metadata'];

module.exports = (request, options) => {
	const from = options.basedir + path.sep;
	const isOurs = from.startsWith(root) && !from.includes(`${path.sep}node_modules${path.sep}`);
	if (!isOurs || !ofHost.includes(request)) return options.defaultResolver(request, options);
	const supplied = from.startsWith(built) ? forPackage[request] : undefined;
	return options.defaultResolver(supplied ?? path.join(engineModules, request), options);
};
