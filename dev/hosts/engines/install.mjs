/**
 * Brings what the tests need of n8n beside the engine in node_modules: the 1.x engine, of n8n itself
 * (2.41 and 1.123) the one file that resolves credentials, and n8n's own nodes. With names of folders
 * beside this file, brings those instead. Done once; a change of a lock file, a version or a list of
 * files does it again.
 */
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** What n8n's own credential resolution is made of; the engine package does not contain it. */
const CREDENTIAL_FILES = [
	'dist/credentials-helper.js',
	'dist/credentials/mock-node-types.js',
	'dist/oauth/dcr-managed-fields.js',
];
/** What makes a tool, and a human review, of a node; n8n 1.x has another form of it. */
const TOOL_FILES = ['hitl-tools', 'ai-tools', 'utils'].map(
	(name) => `dist/tool-generation/${name}.js`,
);
const SERVERS = [
	{
		folder: 'n8n-2-server',
		version: '2.41.1',
		integrity:
			'sha512-WCNHyz9ouVw5DtqJ5ug9qUekguZh1DoOJ+w1OmbGikzcgty/Rq6T5dQSHoS6FOKSNM8KTvk0u9AcHtot6TTDwA==',
	},
	{
		folder: 'n8n-1-server',
		version: '1.123.81',
		integrity:
			'sha512-Z5ML6fh7fbKvCbX2Sa+EhzDf+4xYJu5Rr8JqpbKai9Ta2ZjySQDkXrfJKPjyIhd4DSE9v3o4hZ1GZ1coyfQhHA==',
	},
];

/**
 * The nodes and credential types that run without a package of their own, and what they share. The
 * whole of n8n-nodes-base would bring 1,100 packages; these folders need 150.
 */
const NODE_FILES = new RegExp(
	`^dist/(${[
		'known/(nodes|credentials)\\.json',
		'utils/.*\\.js',
		'credentials/(HaloPSA|Http|Hubspot|Microsoft|MicrosoftDynamics|OAuth2|Pipedrive|Salesforce|Smtp)\\w*\\.credentials\\.js',
		'nodes/ICalendar/createEvent\\.operation\\.js',
		'nodes/(Code|Form|Webhook)/(?!Webhook\\.node|FormTrigger\\.node).*\\.js',
		`nodes/(${[
			'CompareDatasets',
			'DataTable',
			'DateTime',
			'EmailSend',
			'ErrorTrigger',
			'ExecuteWorkflow',
			'Files',
			'Filter',
			'HaloPSA',
			'HttpRequest',
			'Hubspot',
			'If',
			'ItemLists',
			'Merge',
			'Microsoft/Dataverse',
			'Microsoft/Dynamics',
			'NoOp',
			'Pipedrive',
			'RespondToWebhook',
			'Salesforce',
			'Set',
			'SplitInBatches',
			'SpreadsheetFile',
			'StopAndError',
			'Switch',
			'Transform',
		].join('|')})/.*\\.js`,
	].join('|')})$`,
);
/** Each beside its engine, so that the nodes find that engine's n8n-workflow and n8n-core. */
const NODES = [
	{
		folder: 'n8n-2/nodes',
		version: '2.41.1',
		integrity:
			'sha512-qc1lArqFRVpfXvRonHGhdVwmFrGOulIwKie+Hr5AwBzzOAwushvU+Ty3PSJYWs+C1L6FxpAmpAfiCgpjB/ldSQ==',
	},
	{
		folder: 'n8n-1/nodes',
		version: '1.121.53',
		integrity:
			'sha512-JryIrnx5IzXGgVSb4zofSIAsYfD/TsctQLlslNudwqXG7sJhiZDo5DWtFb3L67TV7vZUjQm+UDfT6psj2SH5mw==',
	},
];

/**
 * The AI nodes need some hundred packages to run; what each asks for stands in one file, which is
 * enough to check the workflows' parameters.
 */
const AI_NODES = {
	folder: 'n8n-2-ai-nodes',
	version: '2.41.1',
	integrity:
		'sha512-ANQYlKE2DZZKzUndfOIxK8f/NbsANeZmGsOG0DsTwtX8KF9noEdMyiS2KXGGysvjGqR5nYZdz2pSXPQe0tAYvQ==',
};

const hash = (content, algorithm = 'sha256', encoding = 'hex') =>
	createHash(algorithm).update(content).digest(encoding);

/** Does the work unless the folder's stamp says that this very work is done. */
function once(folder, stamp, work) {
	const stampFile = path.join(folder, 'installed.stamp');
	if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
	console.log(`Installing ${path.relative(process.cwd(), folder)} …`);
	work();
	writeFileSync(stampFile, stamp);
}

function installLocked(folder) {
	execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: folder,
		stdio: 'inherit',
	});
}

/** Takes files out of a published package, without what it depends on. */
function unpack(name, { version, integrity }, target, isWanted) {
	execFileSync('npm', ['pack', `${name}@${version}`, '--silent'], { cwd: target });
	const tarball = path.join(target, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
	const found = `sha512-${hash(readFileSync(tarball), 'sha512', 'base64')}`;
	if (found !== integrity) throw new Error(`${name} ${version} is not what it was: ${found}`);
	const wanted = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8', maxBuffer: 1 << 26 })
		.split('\n')
		.filter((entry) => isWanted(entry.replace(/^package\//, '')));
	const list = path.join(target, 'wanted.txt');
	writeFileSync(list, wanted.join('\n'));
	execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1', '-T', list]);
	rmSync(list);
	rmSync(tarball);
}

const named = process.argv.slice(2);

for (const name of named.length > 0 ? named : ['n8n-1']) {
	const engine = path.join(here, name);
	once(engine, hash(readFileSync(path.join(engine, 'package-lock.json'))), () => {
		installLocked(engine);
	});
}

for (const server of named.length > 0 ? [] : SERVERS) {
	const target = path.join(here, server.folder);
	mkdirSync(target, { recursive: true });
	once(target, hash(`${server.integrity} ${TOOL_FILES.join(' ')}`), () => {
		unpack('n8n', server, target, (file) => [...CREDENTIAL_FILES, ...TOOL_FILES].includes(file));
	});
}

for (const nodes of named.length > 0 ? [] : [AI_NODES]) {
	const target = path.join(here, nodes.folder);
	mkdirSync(target, { recursive: true });
	once(target, nodes.integrity, () => {
		unpack('@n8n/n8n-nodes-langchain', nodes, target, (file) => file === 'dist/types/nodes.json');
	});
}

for (const nodes of named.length > 0 ? [] : NODES) {
	const target = path.join(here, nodes.folder);
	const lock = readFileSync(path.join(target, 'package-lock.json'));
	once(target, hash(`${nodes.integrity} ${NODE_FILES.source} ${lock}`), () => {
		installLocked(target);
		rmSync(path.join(target, 'dist'), { recursive: true, force: true });
		unpack('n8n-nodes-base', nodes, target, (file) => NODE_FILES.test(file));
	});
}
