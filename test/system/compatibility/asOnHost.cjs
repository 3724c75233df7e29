/**
 * Loaded before anything else (`node --require`): what n8n supplies on a host is resolved from the
 * n8n that HOST_MODULES names, for the engine's code and for the unpacked package alike. Everything
 * else, the emulator too, resolves as usual.
 */
const Module = require('node:module');
const path = require('node:path');

const hostModules = process.env.HOST_MODULES;
const fromHost = Module.createRequire(path.join(hostModules, 'of-the-host.js'));
const supplied = ['n8n-core', 'n8n-workflow', 'zod', 'reflect-metadata'];
const users = [
	path.join(__dirname, '../../../dev/engine') + path.sep,
	__dirname + path.sep,
	process.env.UNPACKED_PACKAGE + path.sep,
];

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
	const user = parent?.filename ?? '';
	if (supplied.includes(request) && users.some((folder) => user.startsWith(folder))) {
		return fromHost.resolve(request);
	}
	return resolve.call(this, request, parent, ...rest);
};
