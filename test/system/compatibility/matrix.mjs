/**
 * The packed tarball on versions of n8n's engine, each in a process of its own: does it load, and
 * does a confirm end where it should? Prints a line for each engine; exit status 1 when one differs
 * from what the README's section Compatibility promises.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { packAndUnpack, root, scratchFolder } from '../../repository/package/pack.mjs';

const ENGINES = [
	// n8n below 1.119 can't renew a token on a node's request; the README says so.
	{ n8n: '1.116', folder: 'dev/hosts/engines/n8n-1.116', renews: false },
	{ n8n: '1.119', folder: 'dev/hosts/engines/n8n-1.119', renews: true },
	{ n8n: '1.123', folder: 'dev/hosts/engines/n8n-1', renews: true },
	{ n8n: '2.8', folder: 'dev/hosts/engines/n8n-2.8', renews: true },
	{ n8n: '2.20', folder: 'dev/hosts/engines/n8n-2.20', renews: true },
	{ n8n: '2.41', folder: '.', renews: true },
];

const idOf = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** What `confirmOnce.ts` has to have seen. */
function expected({ credentials, nodes }, renews) {
	return {
		loaded: [...nodes, ...credentials].map((file) => {
			const [name] = path.basename(file).split('.');
			return name[0].toLowerCase() + name.slice(1);
		}),
		outputNames: ['Confirmed', 'Already Exists', 'Error'],
		confirmed: [idOf(1)],
		alreadyExists: [idOf(2)],
		errors: [idOf(99)],
		error: 'Partner Center does not know this customer [Item 2]',
		hints: 1,
		afterExpiry: renews
			? { confirmed: 8, failed: [], tokenRequests: 1, stored: 1 }
			: {
					confirmed: 0,
					failed: ['The sign-in to Microsoft could not be renewed'],
					tokenRequests: 0,
					stored: 0,
				},
	};
}

/** Names of what differs, with both values. */
function differences(seen, wanted) {
	return Object.keys(wanted)
		.filter((key) => JSON.stringify(seen[key]) !== JSON.stringify(wanted[key]))
		.map((key) => `${key}: ${JSON.stringify(seen[key])}, not ${JSON.stringify(wanted[key])}`);
}

const versionIn = (modules, name) =>
	JSON.parse(readFileSync(path.join(modules, name, 'package.json'), 'utf8')).version;

execFileSync(
	process.execPath,
	[
		path.join(root, 'dev/hosts/engines/install.mjs'),
		...ENGINES.filter(({ folder }) => folder !== '.').map(({ folder }) => path.basename(folder)),
	],
	{ stdio: 'inherit' },
);
const { unpacked } = packAndUnpack(scratchFolder('compatibility'));
const { n8n: contents } = JSON.parse(readFileSync(path.join(unpacked, 'package.json'), 'utf8'));

for (const { n8n, folder, renews } of ENGINES) {
	const modules = path.join(root, folder, 'node_modules');
	const { stdout, stderr, status } = spawnSync(
		process.execPath,
		[
			...[
				'--require',
				path.join(root, 'test/system/compatibility/asOnHost.cjs'),
				'--import',
				'tsx',
			],
			path.join(root, 'test/system/compatibility/confirmOnce.ts'),
		],
		{
			cwd: root,
			encoding: 'utf8',
			env: { ...process.env, HOST_MODULES: modules, UNPACKED_PACKAGE: unpacked },
		},
	);
	let problems = [stderr];
	if (status === 0) {
		const seen = JSON.parse(stdout.trim().split('\n').at(-1));
		seen.afterExpiry.failed = [
			...new Set(seen.afterExpiry.failed.map((message) => message.replace(/ \[Item \d+\]$/, ''))),
		];
		problems = [
			...differences(seen, expected(contents, renews)),
			...seen.foreign.map((file) => `loaded from elsewhere: ${file}`),
		];
	}
	const versions = ['n8n-core', 'n8n-workflow', 'zod']
		.map((name) => `${name} ${versionIn(modules, name)}`)
		.join(', ');
	const renewal = renews ? 'an expired token renewed once' : 'an expired token not renewed';
	console.log(
		`${problems.length === 0 ? 'pass' : 'FAIL'}  n8n ${n8n} (${versions}): loads, three outcomes, ${renewal}`,
	);
	for (const problem of problems) console.log(`      ${problem}`);
	if (problems.length > 0) process.exitCode = 1;
}
