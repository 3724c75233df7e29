/** Builds `dist`, the only folder that is published: `clean`, `compile`, `assets`, or all as `build`. */
const { Buffer } = require('node:buffer');
const { createHash } = require('node:crypto');
const { readdirSync, readFileSync } = require('node:fs');
const { appendFile, rm, writeFile } = require('node:fs/promises');
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
 * only files need that import each other in a circle (test/repository/rules/arrows.test.ts finds those), and
 * its `(0, x.y)(…)`, which leaves `this` undefined for a function that reads it: none here does. The tarball
 * is 3 kB smaller.
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
						.replace(/^exports\.\w+ = (?:exports\.\w+ = )*void 0;\n/gm, '')
						.replace(/(?<![\w$)\]])\(0, (\w+\.\w+)\)\(/g, '$1(');
					file.contents = Buffer.from(tidied);
					done(null, file);
				},
			}),
		)
		.pipe(dest('dist'));

const LOADED_LATER = /(\.run|n8n\/client|n8n\/listSearch|trigger\/poll)\.js$/;

/** So that no execution runs half of this build and half of another: see `n8n/build.ts`. */
const stamp = async () => {
	const files = readdirSync('dist', { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.js'))
		.map((file) => `dist/${file.replaceAll('\\', '/')}`)
		.sort();
	const digest = createHash('sha256');
	for (const file of files) digest.update(readFileSync(file));
	const build = digest.digest('hex').slice(0, 16);
	for (const file of files.filter((one) => LOADED_LATER.test(one))) {
		await appendFile(file, `exports.build = '${build}';\n`);
	}
	const file = 'dist/nodes/MicrosoftPartnerCenter/n8n/build.js';
	const text = readFileSync(file, 'utf8');
	const stamped = text.replace("exports.BUILD = '';", `exports.BUILD = '${build}';`);
	if (stamped === text) throw new Error(`${file} has no place for the digest`);
	await writeFile(file, stamped);
};

/** Icons, light and dark, and the codex file of each node. */
const assets = () =>
	src('nodes/**/*.{svg,node.json}', { encoding: false }).pipe(dest('dist/nodes'));

module.exports = {
	clean,
	compile,
	assets,
	build: series(clean, parallel(series(compile, tidy, stamp), assets)),
};
