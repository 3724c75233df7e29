/**
 * Brings n8n's engines that the tests need beside the one in node_modules: the 1.x engine, and of
 * n8n itself (2.41 and 1.123) the one file that resolves credentials. With names of folders beside
 * this file, brings those instead. Done once; a change of a lock file or a version does it again.
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

const named = process.argv.slice(2);

for (const name of named.length > 0 ? named : ['n8n-1']) {
	const engine = path.join(here, name);
	once(engine, hash(readFileSync(path.join(engine, 'package-lock.json'))), () => {
		execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
			cwd: engine,
			stdio: 'inherit',
		});
	});
}

for (const { folder, version, integrity } of named.length > 0 ? [] : SERVERS) {
	const target = path.join(here, folder);
	mkdirSync(target, { recursive: true });
	once(target, integrity, () => {
		execFileSync('npm', ['pack', `n8n@${version}`, '--silent'], { cwd: target });
		const tarball = path.join(target, `n8n-${version}.tgz`);
		const found = `sha512-${hash(readFileSync(tarball), 'sha512', 'base64')}`;
		if (found !== integrity) throw new Error(`n8n ${version} is not what it was: ${found}`);
		const wanted = CREDENTIAL_FILES.map((file) => `package/${file}`);
		const listed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8', maxBuffer: 1 << 26 });
		const present = wanted.filter((file) => listed.split('\n').includes(file));
		execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1', ...present]);
		rmSync(tarball);
	});
}
