/** `npm run editor`: the package in a real n8n, in a browser, with nothing to set up. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

import { startEmulator, type Emulator } from '../emulator/startEmulator';
import { withPartnerCenterAt } from '../engine/workflowFile';
import { installN8n } from './install';
import { N8n } from './N8n';
import { MAJORS, n8nVersion, type Major } from './n8nVersions';
import { packTarball } from './packTarball';
import {
	appOnlyCredential,
	importCredential,
	importCredentials,
	importWorkflows,
	sampleWorkflow,
	signedInData,
	workflowFiles,
} from './sampleContent';
import { Session, type Owner } from './Session';

const HELP = `The package in a real n8n on this machine, connected to the emulator of Partner Center.

  npm run editor -- [options]

  --n8n <1|2>     n8n ${n8nVersion('1')}, or n8n ${n8nVersion('2')} (default 2)
  --keep [path]   keep the user folder (workflows, credentials, executions) for the next start;
                  default path: .n8n-editor in the package's folder
  --port <n>      the port of n8n (default: any free one)
  --help          this text

The first start of a version downloads n8n into the user's cache folder: some five minutes, about 2 GB.
Ctrl-C stops all of it.
`;

const KEPT_FOLDER = join(__dirname, '../../.n8n-editor');

interface Arguments {
	major: Major;
	/** Undefined: a temporary folder. */
	keep?: string;
	port?: number;
	help: boolean;
}

function readArguments(argv: string[]): Arguments {
	// --keep stands alone or is followed by a path, which parseArgs has no word for.
	const at = argv.indexOf('--keep');
	const bare = at >= 0 && (argv[at + 1] === undefined || argv[at + 1]?.startsWith('--'));
	const args = bare ? [...argv.slice(0, at), `--keep=${KEPT_FOLDER}`, ...argv.slice(at + 1)] : argv;
	const { values } = parseArgs({
		args,
		options: {
			n8n: { type: 'string', default: '2' },
			keep: { type: 'string' },
			port: { type: 'string' },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	const major = z.enum(MAJORS).safeParse(values.n8n);
	if (!major.success) throw new Error(`--n8n takes 1 or 2, not ${values.n8n}`);
	const port = z.coerce.number().int().min(1).max(65_535).optional().safeParse(values.port);
	if (!port.success) throw new Error(`--port takes a number from 1 to 65535, not ${values.port}`);
	return {
		major: major.data,
		help: values.help,
		...(values.keep === undefined
			? {}
			: { keep: resolve(process.env.INIT_CWD ?? process.cwd(), values.keep) }),
		...(port.data === undefined ? {} : { port: port.data }),
	};
}

function print(line = ''): void {
	process.stdout.write(`${line}\n`);
}

const ownerSchema = z.object({ email: z.string(), password: z.string(), emulatorPort: z.number() });

/** What a kept user folder remembers: who signs in, and where its credential expects the emulator. */
function remembered(folder: string): z.infer<typeof ownerSchema> | undefined {
	const file = join(folder, 'editor.json');
	return existsSync(file) ? ownerSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

async function main(): Promise<void> {
	const given = readArguments(process.argv.slice(2));
	if (given.help) {
		process.stdout.write(HELP);
		return;
	}
	const folder = given.keep ?? mkdtempSync(join(tmpdir(), 'partner-center-editor-'));
	const undo: (() => void | Promise<void>)[] = [];
	if (given.keep === undefined) undo.push(() => rmSync(folder, { recursive: true, force: true }));
	let stopping = false;
	const stop = async (status: number): Promise<void> => {
		if (stopping) return;
		stopping = true;
		print('\nStopping …');
		for (const step of undo.reverse()) await step();
		process.exit(status);
	};
	// Not `once`: tsx passes the signal on to a process that the terminal has told already, and a second
	// one would end this process before it has ended n8n.
	process.on('SIGINT', () => void stop(0));
	process.on('SIGTERM', () => void stop(0));
	try {
		await open(given, folder, undo);
	} catch (error) {
		if (!stopping)
			process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		await stop(1);
	}
}

async function open(
	{ major, keep, port }: Arguments,
	folder: string,
	undo: (() => void | Promise<void>)[],
): Promise<void> {
	const cut = new AbortController();
	undo.push(() => cut.abort());
	const installed = await installN8n(major, print, cut.signal);
	mkdirSync(folder, { recursive: true });
	const tarball = packTarball(join(folder, 'package'));
	const before = remembered(folder);

	const emulator = await startEmulator({
		port: before?.emulatorPort ?? 0,
		// For the workflow that tries it; the emulator's page says what of it is invented.
		attestation: 'preview',
	});
	undo.push(() => emulator.close());
	const n8n = new N8n(installed, folder);
	undo.push(() => n8n.stopAll());
	n8n.installPackage(tarball);
	print(`n8n ${installed.version}: the package is installed in its user folder; starting …`);

	await importCredential(n8n, await signedInData(emulator));
	await importCredentials(n8n, [appOnlyCredential(emulator.baseUrl)]);
	if (before === undefined) {
		const workflows = workflowFiles().map((file) =>
			withPartnerCenterAt(sampleWorkflow(file), emulator.baseUrl),
		);
		await importWorkflows(n8n, workflows);
	}
	const server = await n8n.start('start', {}, port);
	const owner = before ?? newOwner();
	if (before === undefined) {
		await Session.setUpOwner(server.url, owner);
		const kept = { ...owner, emulatorPort: Number(new URL(emulator.baseUrl).port) };
		writeFileSync(join(folder, 'editor.json'), JSON.stringify(kept), { mode: 0o600 });
	}
	printWhereToLook(server.url, owner, emulator, keep);
}

/** n8n wants eight characters, a digit and a capital letter. */
function newOwner(): Owner {
	return { email: 'owner@example.com', password: `Pc1-${randomBytes(6).toString('base64url')}` };
}

function printWhereToLook(url: string, owner: Owner, emulator: Emulator, keep?: string): void {
	print();
	print(`  n8n               ${url}`);
	print(`  sign in           ${owner.email}   ${owner.password}`);
	print(`  emulator's page   ${emulator.baseUrl}`);
	print(`  user folder       ${keep ?? 'temporary: it goes when this stops (--keep keeps one)'}`);
	print();
	print('Open the workflow "Confirm customer agreements" and choose "Execute workflow".');
	print('The credential is connected to the emulator: nobody is mailed. Ctrl-C stops everything.');
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
