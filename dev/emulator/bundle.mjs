/** `node bundle.mjs <folder>`: the emulator as one plain JavaScript file, `cli.cjs`, with what it reads. */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
/** What the pages read beside their code. */
const READ_AT_THE_START = ['pages/style.css', 'pages/liveUpdate.js'];

const [, , folder] = process.argv;
buildSync({
	entryPoints: [path.join(here, 'cli.ts')],
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	// The text of the code stays in memory too. Names stay as they are, for messages and traces.
	minifySyntax: true,
	minifyWhitespace: true,
	outfile: path.join(folder, 'cli.cjs'),
	logLevel: 'warning',
});
for (const file of READ_AT_THE_START) {
	copyFileSync(path.join(here, file), path.join(folder, path.basename(file)));
}
