/** Builds `dist`, the only folder that is published: `clean`, `compile`, `assets`, or all as `build`. */
const { Buffer } = require('node:buffer');
const { rm } = require('node:fs/promises');
const { spawn } = require('node:child_process');
const { Transform } = require('node:stream');
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

/**
 * Tabs, as in the source, where the compiler has four blanks; and without its `exports.… = void 0;`, which
 * only files need that import each other in a circle (test/repository/rules/arrows.test.ts finds those). The
 * tarball is 2.5 kB smaller.
 */
const tidy = () =>
	src('dist/**/*.js')
		.pipe(
			new Transform({
				objectMode: true,
				transform(file, _encoding, done) {
					const text = file.contents.toString();
					const tidied = text
						.replace(/^(?: {4})+/gm, (blanks) => '\t'.repeat(blanks.length / 4))
						.replace(/^exports\.\w+ = (?:exports\.\w+ = )*void 0;\n/gm, '');
					file.contents = Buffer.from(tidied);
					done(null, file);
				},
			}),
		)
		.pipe(dest('dist'));

/** Icons, light and dark, and the codex file of each node. */
const assets = () =>
	src('nodes/**/*.{svg,node.json}', { encoding: false }).pipe(dest('dist/nodes'));

module.exports = {
	clean,
	compile,
	assets,
	build: series(clean, parallel(series(compile, tidy), assets)),
};
