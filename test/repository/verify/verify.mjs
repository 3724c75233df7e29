/**
 * `npm run verify`: what has to hold before a release, one row each; exit status 1 when one does not.
 * A row is a module in `rows/` that exports `name` and `check()`. `npm run verify -- words audit`
 * runs the rows of these files only.
 */
import { readdirSync } from 'node:fs';
import Table from 'cli-table3';

const folder = new URL('rows/', import.meta.url);
const wanted = process.argv.slice(2);
const files = readdirSync(folder)
	.filter((file) => file.endsWith('.mjs'))
	.map((file) => file.slice(0, -'.mjs'.length))
	.sort();
const unknown = wanted.filter((file) => !files.includes(file));
if (unknown.length > 0) {
	console.error(`No such row: ${unknown.join(', ')}. There are: ${files.join(', ')}`);
	process.exit(1);
}

const results = [];
for (const file of wanted.length > 0 ? wanted : files) {
	const { name, check } = await import(new URL(`${file}.mjs`, folder));
	process.stderr.write(`${name} …\n`);
	const started = Date.now();
	let outcome;
	try {
		outcome = await check();
	} catch (error) {
		outcome = { found: 'did not run', problems: [error.stack ?? String(error)] };
	}
	results.push({ name, ...outcome, seconds: (Date.now() - started) / 1000 });
	// Said at once as well, so that a run that is cut short has not been for nothing.
	process.stderr.write(`  ${outcome.problems.length === 0 ? 'pass' : 'FAIL'}: ${outcome.found}\n`);
}

const table = new Table({
	head: ['', 'Check', 'Found', 'Seconds'],
	style: { head: [], border: [] },
	wordWrap: true,
	colWidths: [6, 36, 74, 10],
});
for (const { name, found, problems, seconds } of results) {
	table.push([problems.length === 0 ? 'pass' : 'FAIL', name, found, seconds.toFixed(0)]);
}
console.log(table.toString());
for (const { name, problems } of results.filter((result) => result.problems.length > 0)) {
	console.log(`\n${name}\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
	process.exitCode = 1;
}
