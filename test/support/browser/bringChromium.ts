/**
 * Sees to it that there is a browser to test in, before any test: finds one, or brings one and says
 * so. Run by `npm test` first of all, and by jest before the projects that need one.
 */
import { spawnSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import {
	BROUGHT,
	broughtFolder,
	chromiumIn,
	findChromium,
	thisMachine,
	type Chromium,
	type Machine,
} from './findChromium';

/** What an attempt to bring one does to the machine. */
export interface Hands extends Machine {
	arch: string;
	/** The C library is GNU's. */
	isGlibc: boolean;
	isRoot: boolean;
	/** Runs a command to its end; what it printed matters where it failed. */
	run(
		command: string,
		args: string[],
		options?: { cwd?: string; env?: Record<string, string> },
	): { ok: boolean; output: string };
	say(line: string): void;
}

/** The system's package managers that install without a question, and their word for it. */
const MANAGERS: { command: string; steps: string[][]; typed: string }[] = [
	{
		command: 'apt-get',
		steps: [
			['update', '-qq'],
			['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'],
		],
		typed: 'apt-get install chromium',
	},
	{ command: 'dnf', steps: [['install', '-y', '-q', 'chromium']], typed: 'dnf install chromium' },
	{ command: 'apk', steps: [['add', '-q', 'chromium']], typed: 'apk add chromium' },
	{
		command: 'pacman',
		steps: [['-Sy', '--noconfirm', 'chromium']],
		typed: 'pacman -Sy chromium',
	},
	{
		command: 'zypper',
		steps: [['--non-interactive', 'install', 'chromium']],
		typed: 'zypper install chromium',
	},
];

const lastLine = (output: string) => output.trim().split('\n').at(-1)?.trim() ?? '';

/** A Chromium for Linux is in an npm package, with the libraries that a small system lacks. */
function fromNpm(hands: Hands): Chromium | undefined {
	if (hands.platform !== 'linux' || hands.arch !== 'x64' || !hands.isGlibc) return undefined;
	const target = broughtFolder();
	hands.say(`Bringing a Chromium from npm into ${target} (70 MB, once) …`);
	mkdirSync(dirname(target), { recursive: true });
	const work = mkdtempSync(`${target}-`);
	try {
		const attempt = (command: string, args: string[], env: Record<string, string> = {}) => {
			const { ok, output } = hands.run(command, args, { cwd: work, env });
			if (!ok) throw new Error(lastLine(output));
		};
		cpSync(BROUGHT, work, { recursive: true });
		attempt('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
		// The package unpacks itself into the folder for temporary files, whichever that is.
		const unpacked = join(work, 'unpacked');
		mkdirSync(unpacked);
		const script = `import { inflate } from '@sparticuz/chromium';
			const parts = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
			await Promise.all(parts.map((part) => inflate('node_modules/@sparticuz/chromium/bin/' + part)));`;
		attempt(process.execPath, ['--input-type=module', '--eval', script], { TMPDIR: unpacked });
		writeFileSync(join(unpacked, 'fonts.conf'), fontsConfiguration(target));
		const { executablePath, env } = chromiumIn(unpacked);
		attempt(executablePath, ['--version'], env);
		rmSync(target, { recursive: true, force: true });
		renameSync(unpacked, target);
		return chromiumIn(target);
	} catch (error) {
		hands.say(`  It did not work: ${error instanceof Error ? error.message : String(error)}`);
		return undefined;
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
}

/** The fonts of the machine, and one that the package brings. */
function fontsConfiguration(folder: string): string {
	return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
	<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
	<dir>/usr/share/fonts</dir>
	<dir>${join(folder, 'fonts')}</dir>
	<cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

const managerOf = (hands: Hands) =>
	hands.platform === 'linux'
		? MANAGERS.find(({ command }) => hands.run(command, ['--version']).ok)
		: undefined;

/** The system's own, where nobody has to be asked: as root, or by a sudo without a password. */
function fromSystem(hands: Hands): Chromium | undefined {
	const manager = managerOf(hands);
	if (manager === undefined) return undefined;
	if (!hands.isRoot && !hands.run('sudo', ['-n', 'true']).ok) return undefined;
	const sudo = hands.isRoot ? [] : ['sudo', '-n'];
	hands.say(`Installing a Chromium with ${[...sudo, manager.typed].join(' ')} …`);
	for (const step of manager.steps) {
		const [command = '', ...args] = [...sudo, manager.command, ...step];
		const { ok, output } = hands.run(command, args, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
		if (!ok) {
			hands.say(`  It did not work: ${lastLine(output)}`);
			return undefined;
		}
	}
	return findChromium(hands);
}

function whatToType(hands: Hands): string {
	if (hands.platform === 'darwin') return 'Type: brew install --cask google-chrome';
	if (hands.platform === 'win32') return 'Type: winget install Google.Chrome';
	const manager = managerOf(hands);
	return manager === undefined ? 'Install one' : `Type: sudo ${manager.typed}`;
}

/**
 * The browser to test in: one that is there, or one brought now.
 *
 * @throws Error with one line that says what to type, when there is none and none can be brought
 */
export function bringChromium(hands: Hands = thisHands): Chromium {
	const found = findChromium(hands) ?? fromNpm(hands) ?? fromSystem(hands);
	if (found !== undefined) return found;
	throw new Error(
		`The tests need a Chromium, Chrome or Edge, and there is none. ${whatToType(hands)}; or set CHROMIUM_PATH to the path of one that you have.`,
	);
}

export const thisHands: Hands = {
	...thisMachine,
	exists: existsSync,
	arch: process.arch,
	// Asked for only where it matters: a report takes a moment.
	get isGlibc() {
		return 'glibcVersionRuntime' in headerOfReport();
	},
	isRoot: process.getuid?.() === 0,
	run: (command, args, { cwd, env } = {}) => {
		const { status, stdout, stderr, error } = spawnSync(command, args, {
			...(cwd === undefined ? {} : { cwd }),
			encoding: 'utf8',
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		return { ok: status === 0, output: error?.message ?? `${stdout}\n${stderr}` };
	},
	say: (line) => process.stderr.write(`${line}\n`),
};

function headerOfReport(): object {
	const report: unknown = process.report.getReport();
	const header = (report as { header?: object }).header;
	return header ?? {};
}

/** What jest runs once before a project that opens pages. */
export default function beforeTheBrowserTests(): void {
	bringChromium();
}
