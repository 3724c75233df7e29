/**
 * n8n's package scanner, made stricter: its own run, and again with the rule plugin of the current
 * node CLI, with warnings counted like errors. Inline exceptions count for nothing in either.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { n8nCommunityNodesPlugin as currentPlugin } from '@n8n/eslint-plugin-community-nodes';
import { analyzePackage, buildScanConfig } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

const PLUGIN = '@n8n/community-nodes';

/** The scanner's rules, with its own plugin and with the one that node authors have today. */
async function configurations() {
	const own = await buildScanConfig();
	const rest = own.filter(({ plugins }) => !(plugins !== undefined && PLUGIN in plugins));
	if (rest.length === own.length) throw new Error(`the scanner no longer sets ${PLUGIN}`);
	return {
		"the scanner's plugin": own,
		'the current plugin': [currentPlugin.configs.recommended, rest].flat(2),
	};
}

async function violations(folder, patterns, config) {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: config,
	});
	const results = await eslint.lintFiles(patterns);
	return results.flatMap(({ filePath, messages }) =>
		messages.map(
			({ ruleId, line, message }) =>
				`${path.relative(folder, filePath)}:${line} ${ruleId}: ${message}`,
		),
	);
}

/** Writes a file, does the work, and puts back what was there. */
async function withFile(file, content, work) {
	let before;
	try {
		before = readFileSync(file);
	} catch {
		mkdirSync(path.dirname(file), { recursive: true });
	}
	writeFileSync(file, content);
	try {
		return await work();
	} finally {
		if (before === undefined) rmSync(file);
		else writeFileSync(file, before);
	}
}

/**
 * A check that finds nothing is first shown something to find: the scanner answers "passed" when no
 * file matches, and a rule that only warns would go unnoticed.
 *
 * @param planted where a file with a forbidden call may be put for that
 * @returns what is wrong, one line each
 */
export async function scan(folder, patterns, planted) {
	const evil = "// eslint-disable-next-line\nconsole.log(eval('1'));\n";
	const manifestFile = path.join(folder, 'package.json');
	const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
	delete manifest.homepage;
	const homeless = JSON.stringify(manifest, undefined, 2);

	const problems = [];
	const spoiled = await withFile(path.join(folder, planted), evil, () =>
		analyzePackage(folder, patterns),
	);
	if (spoiled.passed) problems.push('the scanner passes a planted violation, so it checks nothing');
	const scanned = await analyzePackage(folder, patterns);
	if (!scanned.passed) problems.push(scanned.details ?? scanned.message);

	for (const [name, config] of Object.entries(await configurations())) {
		const found = () => violations(folder, patterns, config);
		const seen = await withFile(path.join(folder, planted), evil, found);
		if (!seen.some((line) => line.includes('no-console'))) {
			problems.push(`${name} passes a planted violation, so it checks nothing`);
		}
		const warned = await withFile(manifestFile, homeless, found);
		if (!warned.some((line) => line.includes('require-homepage'))) {
			problems.push(`${name} passes a planted warning, so warnings are not counted`);
		}
		problems.push(...(await found()).map((line) => `${line} (${name})`));
	}
	return problems;
}
