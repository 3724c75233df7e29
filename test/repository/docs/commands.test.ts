/** Every command in the documentation is run: by CI, by a test that CI runs, or by this one. */
import { spawn, execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

import { LAYERS } from '../../../dev/suite/layers';
import { clone, folder, person, removeFolders } from './clone';
import { commandTable, type Proof } from './commandTable';
import { pageNamed, pages, ROOT } from './pages';

jest.setTimeout(300_000);

const run = promisify(execFile);
const SHELL = /^(sh|bash|shell|console)$/;
/** What `npm test` comes down to; it runs its layers. */
const SUITE = 'tsx dev/suite/run.ts';
const COMMAND = /^(npm|npx|node|git|curl|docker|tar|gulp|jest|tsx) \S/;

/** A command as it is typed: lines that end with a backslash or within quotes go on. */
function commandsIn(block: string): string[] {
	const commands: string[] = [];
	let open = '';
	for (const line of block.split('\n')) {
		open = open === '' ? line : `${open}\n${line}`;
		const isWithinQuotes = (open.match(/(?<!\\)'/g) ?? []).length % 2 === 1;
		if (isWithinQuotes || open.endsWith('\\')) continue;
		if (open.trim() !== '' && !open.startsWith('#')) commands.push(open);
		open = '';
	}
	return commands;
}

const written = pages.flatMap(({ name, blocks, spans }) => [
	...blocks
		.filter(({ language }) => SHELL.test(language))
		.flatMap(({ content, line }) =>
			commandsIn(content).map((command) => ({ where: `${name}, line ${line}`, command })),
		),
	...spans
		.filter(({ text }) => COMMAND.test(text))
		.map(({ text, line }) => ({ where: `${name}, line ${line}`, command: text })),
]);
const commands = [...new Set(written.map(({ command }) => command))];

const { scripts } = z
	.object({ scripts: z.record(z.string(), z.string()) })
	.parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')));

/** The lines that CI runs, wherever they are kept. */
function stepsOfCi(): string[] {
	const workflows = path.join(ROOT, '.github/workflows');
	const files = existsSync(workflows)
		? readdirSync(workflows).map((name) => path.join(workflows, name))
		: [];
	return [path.join(ROOT, '.ci/run'), ...files.filter((name) => /\.ya?ml$/.test(name))]
		.flatMap((file) => readFileSync(file, 'utf8').split('\n'))
		.map((line) => line.replace(/^\s*(- )?run: /, '').trim());
}

/** A step, and what the npm script behind it does, down to single commands. */
function unfold(step: string): string[] {
	const parts = step.split(/ && | ; /).map((part) => part.trim());
	return parts.flatMap((part) => {
		const script = /^npm (?:run (?:--silent )?)?([\w:-]+)/.exec(part)?.[1] ?? '';
		const isScript = /^npm (run|test|start)\b/.test(part) && script in scripts;
		if (part === SUITE) return [part, ...LAYERS.flatMap((layer) => unfold(layer.command))];
		return isScript ? [part, ...unfold(scripts[script] ?? '')] : [part];
	});
}

const doneByCi = stepsOfCi().flatMap(unfold);

/** Of what runs jest, the projects count; of the rest, the words. */
function isDone(command: string): boolean {
	const projects = projectsOf(command);
	const run = new Set(doneByCi.flatMap(projectsOf));
	if (projects.length > 0) return projects.every((project) => run.has(project));
	return doneByCi.some((done) => done === command || done.startsWith(`${command} `));
}

function projectsOf(command: string): string[] {
	const listed = /^(?:npx )?jest --selectProjects((?: (?!-)\S+)+)/.exec(command)?.[1] ?? '';
	return listed.split(' ').filter((project) => project !== '');
}

/** Everything that the command comes down to is done by CI. */
function isRunByCi(command: string): boolean {
	const parts = unfold(command);
	const single = parts.filter((part) => !/^npm (run|test|start)\b/.test(part));
	return single.length > 0 && single.every(isDone);
}

/** The table's entry; of a long command, such as one that sends JSON, the first word is enough. */
const proofOf = (command: string): Proof | undefined =>
	commandTable[command] ?? commandTable[command.split(' ')[0] ?? ''];

it('finds the commands', () => {
	expect(commands.length).toBeGreaterThan(20);
});

it('knows for every command what runs it', () => {
	const unknown = written.filter(({ command }) => proofOf(command) === undefined);
	expect(unknown).toEqual([]);
});

it.each(commands.filter((command) => proofOf(command)?.by === 'ci'))('CI runs: %s', (command) => {
	expect(isRunByCi(command)).toBe(true);
});

it.each(
	commands.flatMap((command) => {
		const proof = proofOf(command);
		return proof?.by === 'test' ? [[command, proof] as const] : [];
	}),
)('a test runs: %s', (_command, { file, holds }) => {
	expect(readFileSync(path.join(ROOT, file), 'utf8')).toContain(holds);
});

it.each(commands.filter((one) => one.startsWith('npx jest') && proofOf(one)?.by === 'ci'))(
	'runs one file, and not the whole project: %s',
	async (command) => {
		const words = command.split(' ').slice(2);
		const { stdout } = await run('npx', ['jest', '--listTests', ...words], { cwd: ROOT });
		expect(stdout.split('\n').filter((line) => path.isAbsolute(line))).toEqual([
			path.join(ROOT, words.at(-1) ?? ''),
		]);
	},
);

describe('Run here', () => {
	afterAll(removeFolders);

	const isHere = (command: string) => proofOf(command)?.by === 'here';

	it('From a clone: the block of commands leaves a package that n8n finds', async () => {
		const blocks = pageNamed('docs/admin/install.md').blocks.filter(({ language }) =>
			SHELL.test(language),
		);
		const lines = blocks.flatMap(({ content }) => commandsIn(content));
		expect(lines).toContain('npm ci');
		const home = folder();
		const script = ['set -eu', ...lines.filter((line) => line !== 'npm ci')].join('\n');
		await run('bash', ['-c', script], { cwd: clone(), env: person({ HOME: home }) });

		const nodes = path.join(home, '.n8n/nodes');
		expect(JSON.parse(readFileSync(path.join(nodes, 'package.json'), 'utf8'))).toEqual({
			dependencies: {},
		});
		const unpacked = path.join(nodes, 'node_modules/n8n-nodes-microsoft-partner-center');
		const { n8n } = z
			.object({ n8n: z.object({ nodes: z.array(z.string()), credentials: z.array(z.string()) }) })
			.parse(JSON.parse(readFileSync(path.join(unpacked, 'package.json'), 'utf8')));
		for (const file of [...n8n.nodes, ...n8n.credentials]) {
			expect(existsSync(path.join(unpacked, file))).toBe(true);
		}
	});

	/** What the script behind a command says of itself. */
	async function helpOf(command: string): Promise<string> {
		const [, script = ''] = /^npm (?:run )?(\S+)/.exec(command) ?? [];
		const entry = /tsx (\S+)/.exec(scripts[script] ?? '')?.[1] ?? '';
		const args = ['--import', 'tsx', entry, '--help'];
		const { stdout } = await run(process.execPath, args, { cwd: ROOT, env: person() });
		return stdout;
	}

	it.each(commands.filter((command) => isHere(command) && /-- --help$/.test(command)))(
		'%s tells how',
		async (command) => {
			expect(await helpOf(command)).toContain(command.replace('-- --help', '-- '));
		},
	);

	it.each(commands.filter((command) => proofOf(command)?.by === 'options'))(
		'%s is a command that is run, with options that its help has',
		async (command) => {
			const [base = '', given = ''] = command.split(' -- ');
			const proof = proofOf(base);
			expect(proof?.by).toMatch(/^(ci|test)$/);
			const help = await helpOf(base);
			const named = given.match(/--[\w-]+/g) ?? [];
			expect(named).not.toEqual([]);
			for (const option of named) expect(help).toMatch(new RegExp(`^  ${option}\\b`, 'm'));
		},
	);

	/** Starts the emulator with a command's options, on any free port; answers with what it prints. */
	function emulatorPrints(options: string[]): Promise<string> {
		const [node, ...command] = (scripts.emulator ?? '').split(' ');
		expect(node).toBe('node');
		const child = spawn(process.execPath, [...command, ...options, '--port', '0'], {
			cwd: ROOT,
			env: person(),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		return new Promise((resolve, reject) => {
			let printed = '';
			child.stdout.setEncoding('utf8').on('data', (text: string) => {
				printed += text;
				if (printed.includes('Ctrl-C')) child.kill('SIGTERM');
			});
			child.stderr.setEncoding('utf8').on('data', (text: string) => reject(new Error(text)));
			child.once('error', reject);
			child.once('close', () => resolve(printed.replace(/\nStopped\.\n$/, '')));
		});
	}

	const emulatorCommands = commands.filter(
		(command) => /^npm run emulator -- (?!--help)/.test(command) && isHere(command),
	);

	it.each(emulatorCommands)('%s starts an emulator', async (command) => {
		const options = command.split(' -- ')[1]?.split(' ') ?? [];
		expect(await emulatorPrints(options)).toMatch(/Partner Center emulator: https?:\/\//);
	});

	it('the emulator prints what the documentation shows', async () => {
		const shown = pages.flatMap(({ blocks }) =>
			blocks.filter(({ content }) => content.startsWith('Partner Center emulator: ')),
		);
		expect(shown).not.toEqual([]);
		const printed = (await emulatorPrints([])).replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:8787');
		for (const { content } of shown) expect(content).toBe(printed);
	});

	it('npm run lint:fix is lint, with its two tools set to repair', () => {
		expect(scripts['lint:fix']).toBe('eslint . --fix ; prettier --write --log-level warn .');
		expect(scripts.lint).toBe('eslint . && prettier --check --log-level warn .');
	});

	it('the request to the webhook sends what its workflow is pinned to', async () => {
		const curl = commands.filter((command) => command.startsWith('curl'));
		for (const command of curl) {
			const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
			const { stdout } = await run('bash', ['-c', script]);
			const words = stdout.split('\0');
			const sent: unknown = JSON.parse(words[words.indexOf('-d') + 1] ?? '');
			const { pinData } = z
				.object({
					pinData: z.record(
						z.string(),
						z.array(z.object({ json: z.object({ body: z.unknown() }) })),
					),
				})
				.parse(JSON.parse(readFileSync(path.join(ROOT, 'workflows/webhook-confirm.json'), 'utf8')));
			expect(
				Object.values(pinData).flatMap((items) => items.map(({ json }) => json.body)),
			).toContainEqual(sent);
		}
		expect(curl).toHaveLength(1);
	});

	it('the commands of a block that is run stand in no other block', () => {
		const inBlock = commandsIn(
			pageNamed('docs/admin/install.md')
				.blocks.filter(({ language }) => SHELL.test(language))
				.map(({ content }) => content)
				.join('\n'),
		);
		const elsewhere = commands
			.filter(
				(command) =>
					isHere(command) &&
					!/^(npm run (emulator|probe|editor|lint:fix)|npm start|curl)/.test(command),
			)
			.filter((command) => !inBlock.includes(command));
		expect(elsewhere).toEqual([]);
	});
});
