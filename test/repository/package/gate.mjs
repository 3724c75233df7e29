/**
 * The package gate: packs the package as npm would, and holds source and tarball to what n8n's
 * verification checks. Prints a line for each check; exit status 1 when one fails.
 */
import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import ts from 'typescript';

import { packAndUnpack, root, scratchFolder } from './pack.mjs';
import { scan } from './scan.mjs';

const scratch = scratchFolder('package-gate');

/** Modules that n8n supplies at run time; the packed code may load nothing else. */
const HOST_MODULES = ['n8n-workflow', 'zod', 'crypto'];

/** Everything that may be in the tarball. */
const ALLOWED_FILES = [
	/^package\.json$/,
	/^README\.md$/,
	/^LICENSE$/,
	/^dist\/credentials\/MicrosoftPartnerCenter(AppOnly)?OAuth2Api\.credentials\.js$/,
	/^dist\/credentials\/connectionFields\.js$/,
	/^dist\/nodes\/MicrosoftPartnerCenter\/MicrosoftPartnerCenter(Trigger)?\.node\.(js|json)$/,
	/^dist\/nodes\/MicrosoftPartnerCenter\/microsoftPartnerCenter(\.dark)?\.svg$/,
	/^dist\/nodes\/MicrosoftPartnerCenter\/(client|fields|messages|n8n|resources|trigger)\/[\w./]+\.js$/,
];
/** Nothing that is not needed gets in; many small files cost some 150 bytes each. */
const MAX_TARBALL_BYTES = 90 * 1024;

const failures = [];
function check(name, problems) {
	console.log(`${problems.length === 0 ? 'pass' : 'FAIL'}  ${name}`);
	for (const problem of problems) console.log(`      ${problem}`);
	failures.push(...problems);
}

const { unpacked, size } = packAndUnpack(scratch);
const files = readdirSync(unpacked, { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile())
	.map((entry) => path.relative(unpacked, path.join(entry.parentPath ?? entry.path, entry.name)));
const code = files.filter((file) => file.endsWith('.js'));

check(
	`the tarball holds only what it should (${files.length} files)`,
	files.filter((file) => !ALLOWED_FILES.some((allowed) => allowed.test(file))),
);
check(
	`the tarball has at most ${MAX_TARBALL_BYTES / 1024} kB (${(size / 1024).toFixed(1)} kB)`,
	size <= MAX_TARBALL_BYTES ? [] : [`${size} bytes`],
);

const manifest = JSON.parse(readFileSync(path.join(unpacked, 'package.json'), 'utf8'));
check('the manifest carries no dependencies, overrides or install scripts', [
	...['dependencies', 'optionalDependencies', 'bundledDependencies', 'bundleDependencies']
		.concat(['overrides', 'resolutions'])
		.filter((key) => key in manifest),
	...['prepare', 'preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'postprepare']
		.filter((script) => script in (manifest.scripts ?? {}))
		.map((script) => `scripts.${script}`),
]);
check(
	'the manifest names files that are there',
	[...manifest.n8n.nodes, ...manifest.n8n.credentials].filter((file) => !files.includes(file)),
);
check(
	`packed code loads nothing but ${HOST_MODULES.join(', ')} and its own files`,
	code.flatMap((file) => {
		const text = readFileSync(path.join(unpacked, file), 'utf8');
		return ts
			.preProcessFile(text, true, true)
			.importedFiles.map(({ fileName }) => fileName)
			.filter((name) => !name.startsWith('.') && !HOST_MODULES.includes(name))
			.map((name) => `${file} loads ${name}`);
	}),
);

/** As on a host: nothing of the package's development can be reached from where it is unpacked. */
function loadAlone() {
	const home = path.join(scratch, 'host');
	mkdirSync(path.join(home, 'node_modules'), { recursive: true });
	for (const name of HOST_MODULES.filter((module) => module !== 'crypto')) {
		symlinkSync(path.join(root, 'node_modules', name), path.join(home, 'node_modules', name));
	}
	const target = path.join(home, 'node_modules', manifest.name);
	cpSync(unpacked, target, { recursive: true });
	const load = createRequire(path.join(target, 'package.json'));
	return [...manifest.n8n.nodes, ...manifest.n8n.credentials].flatMap((file) => {
		const className = path.basename(file).split('.')[0];
		try {
			const instance = new (load(`./${file}`)[className])();
			return instance.name || instance.description.name ? [] : [`${file} has no name`];
		} catch (error) {
			return [`${file}: ${error.message}`];
		}
	});
}
check('every node and credential loads from the tarball alone', loadAlone());

/**
 * After an update on the disk, n8n goes on with what it has loaded. So whatever an execution loads has the
 * digest of its build, and is loaded through what compares it; `runItems` hands the operations' `load` there.
 */
function loadedLaterUnchecked() {
	const folder = path.join(unpacked, 'dist/nodes/MicrosoftPartnerCenter');
	const [, build] =
		/exports\.BUILD = '([0-9a-f]{16})';/.exec(
			readFileSync(path.join(folder, 'n8n/build.js'), 'utf8'),
		) ?? [];
	const stamped = code.filter((file) =>
		readFileSync(path.join(unpacked, file), 'utf8').includes(`exports.build = '${build}';`),
	);
	const found = code.flatMap((file) => {
		const text = readFileSync(path.join(unpacked, file), 'utf8');
		const later =
			/(load: async \(\) => await |ofThisBuild\()?Promise\.resolve\(\)\.then\(\(\) => require\('([^']+)'\)/g;
		return [...text.matchAll(later)].map(([, by, name]) => {
			const loaded = path.join(path.dirname(file), `${name}.js`);
			return { file, loaded, isChecked: stamped.includes(loaded) && by !== undefined };
		});
	});
	const calls = code.flatMap((file) => [
		...readFileSync(path.join(unpacked, file), 'utf8').matchAll(/(ofThisBuild\()?\bload\(\)/g),
	]);
	return [
		...(build === undefined ? ['the build has no digest'] : []),
		...found.filter((one) => !one.isChecked).map(({ file, loaded }) => `${file} loads ${loaded}`),
		...stamped
			.filter((file) => !found.some(({ loaded }) => loaded === file))
			.map((file) => `nothing was found that loads ${file}`),
		...(calls.length > 0 && calls.every(([, by]) => by !== undefined) ? [] : ['a call of load()']),
	];
}
check(
	'what an execution loads is compared with the build that n8n has loaded',
	loadedLaterUnchecked(),
);

const source = path.join(scratch, 'source');
for (const part of ['package.json', 'nodes', 'credentials']) {
	cpSync(path.join(root, part), path.join(source, part), { recursive: true });
}
check(
	"n8n's package scanner passes on the source: no errors, no warnings, with either rule plugin",
	await scan(source, SOURCE_FILE_PATTERNS, 'nodes/planted.js'),
);
check(
	"n8n's package scanner passes on the tarball: no errors, no warnings, with either rule plugin",
	await scan(unpacked, ['**/*.js', 'package.json'], 'dist/planted.js'),
);

check(
	'the source makes no exceptions from rules or types',
	readdirSync(source, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.filter((file) =>
			/eslint-(disable|enable)|@ts-(ignore|expect-error|nocheck)/.test(
				readFileSync(path.join(source, file), 'utf8'),
			),
		),
);

if (failures.length > 0) process.exitCode = 1;
