/** Where a Chromium, Chrome or Edge is, on each system; looks, and brings nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { cached } from '../../../dev/n8n/cacheFolder';

export interface Chromium {
	executablePath: string;
	/** What its process needs in its environment, over this one's. */
	env: Readonly<Record<string, string>>;
}

/** What the search asks of the machine. */
export interface Machine {
	platform: NodeJS.Platform;
	env: Readonly<Record<string, string | undefined>>;
	home: string;
	exists(path: string): boolean;
}

export const thisMachine: Machine = {
	platform: process.platform,
	env: process.env,
	home: homedir(),
	exists: existsSync,
};

/** By the names that packages give them, on the PATH. */
const LINUX = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'microsoft-edge',
	'microsoft-edge-stable',
];
const MAC = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
const WINDOWS = [
	'Chromium\\Application\\chrome.exe',
	'Google\\Chrome\\Application\\chrome.exe',
	'Microsoft\\Edge\\Application\\msedge.exe',
];
/** Where Debian, Google, Microsoft and snap put them, should the PATH be a short one. */
const LINUX_FOLDERS = [
	'/usr/bin',
	'/usr/local/bin',
	'/opt/google/chrome',
	'/opt/microsoft/msedge',
	'/snap/bin',
];

function candidates({ platform, env, home }: Machine): string[] {
	if (platform === 'darwin') {
		return ['/Applications', posix.join(home, 'Applications')].flatMap((folder) =>
			MAC.map((name) => posix.join(folder, `${name}.app/Contents/MacOS/${name}`)),
		);
	}
	if (platform === 'win32') {
		const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
		return WINDOWS.flatMap((file) =>
			folders.flatMap((folder) => (folder === undefined ? [] : [win32.join(folder, file)])),
		);
	}
	const path = (env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
	const folders = [...new Set([...path, ...LINUX_FOLDERS])];
	return LINUX.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
}

/** The path of an installed one, the same each time: Chromium before Chrome before Edge. */
export function installedChromium(machine: Machine = thisMachine): string | undefined {
	return candidates(machine).find((path) => machine.exists(path));
}

/** What `bringChromium` takes from npm. */
export const BROUGHT = join(__dirname, '../../../dev/hosts/chromium');

/** Where it puts it: another version is another folder. */
export function broughtFolder(): string {
	const lock = readFileSync(join(BROUGHT, 'package-lock.json'));
	const version = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	return cached(`chromium-${version}`);
}

/** The Chromium in a folder that `bringChromium` has filled, with its own libraries and fonts. */
export function chromiumIn(folder: string): Chromium {
	const libraries = [join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']];
	return {
		executablePath: join(folder, 'chromium'),
		env: {
			LD_LIBRARY_PATH: libraries.filter((path) => path !== undefined).join(':'),
			FONTCONFIG_PATH: folder,
		},
	};
}

/**
 * The one at `CHROMIUM_PATH`, else an installed Chromium, Chrome or Edge, else one that
 * `bringChromium` has brought before; undefined when there is none.
 *
 * @throws Error when `CHROMIUM_PATH` names nothing
 */
export function findChromium(machine: Machine = thisMachine): Chromium | undefined {
	const named = machine.env['CHROMIUM_PATH'];
	if (named !== undefined && named !== '') {
		if (machine.exists(named)) return { executablePath: named, env: {} };
		throw new Error(
			`There is no Chromium at ${named}, which CHROMIUM_PATH names. Correct it, or remove it: the tests then look for one themselves.`,
		);
	}
	const installed = installedChromium(machine);
	if (installed !== undefined) return { executablePath: installed, env: {} };
	const brought = chromiumIn(broughtFolder());
	return machine.exists(brought.executablePath) ? brought : undefined;
}
