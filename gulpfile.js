/** Builds `dist`, the only folder that is published: `clean`, `compile`, `assets`, or all as `build`. */
const { rm } = require('node:fs/promises');
const { spawn } = require('node:child_process');
const { dest, parallel, series, src } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });

const compile = (done) => {
	const tsc = spawn(
		process.execPath,
		[require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json'],
		{
			stdio: 'inherit',
		},
	);
	tsc.on('exit', (code) => done(code === 0 ? undefined : new Error('tsc found errors')));
};

/** Icons, light and dark, and the codex file of each node. */
const assets = () =>
	src('nodes/**/*.{svg,node.json}', { encoding: false }).pipe(dest('dist/nodes'));

module.exports = { clean, compile, assets, build: series(clean, parallel(compile, assets)) };
