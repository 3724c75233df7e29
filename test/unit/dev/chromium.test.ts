/** The browser of the tests: found on every system, else brought, else one line that says what to type. */
import { bringChromium, type Hands } from '../../support/browser/bringChromium';
import { broughtFolder, findChromium, type Machine } from '../../support/browser/findChromium';

const machine = (there: string[], more: Partial<Machine> = {}): Machine => ({
	platform: 'linux',
	env: { PATH: '/usr/bin:/bin' },
	home: '/home/somebody',
	exists: (path) => there.includes(path),
	...more,
});
const WINDOWS = {
	PROGRAMFILES: 'C:\\Program Files',
	'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
	LOCALAPPDATA: 'C:\\Users\\somebody\\AppData\\Local',
};

describe('is found', () => {
	it.each<[NodeJS.Platform, string, Machine['env']]>([
		['linux', '/usr/bin/chromium', {}],
		['linux', '/usr/bin/chromium-browser', { PATH: '' }],
		['linux', '/opt/google/chrome/google-chrome', {}],
		['linux', '/usr/bin/microsoft-edge', {}],
		['linux', '/nix/profile/bin/google-chrome-stable', { PATH: '/bin:/nix/profile/bin' }],
		['darwin', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', {}],
		['darwin', '/home/somebody/Applications/Chromium.app/Contents/MacOS/Chromium', {}],
		['darwin', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge', {}],
		['win32', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', WINDOWS],
		['win32', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe', WINDOWS],
		[
			'win32',
			'C:\\Users\\somebody\\AppData\\Local\\Chromium\\Application\\chrome.exe',
			{ LOCALAPPDATA: WINDOWS.LOCALAPPDATA },
		],
	])('on %s at %s', (platform, path, env) => {
		expect(findChromium(machine([path], { platform, env }))).toEqual({
			executablePath: path,
			env: {},
		});
	});

	it('at CHROMIUM_PATH before any other', () => {
		const env = { PATH: '/usr/bin', CHROMIUM_PATH: '/mine/chrome' };
		expect(
			findChromium(machine(['/usr/bin/chromium', '/mine/chrome'], { env }))?.executablePath,
		).toBe('/mine/chrome');
	});

	it('not elsewhere, when CHROMIUM_PATH names nothing', () => {
		const env = { CHROMIUM_PATH: '/nowhere/chromium' };
		expect(() => findChromium(machine(['/usr/bin/chromium'], { env }))).toThrow(
			'There is no Chromium at /nowhere/chromium, which CHROMIUM_PATH names.',
		);
	});

	it('where it was brought to before, with libraries and fonts of its own', () => {
		const folder = broughtFolder();
		const found = findChromium(machine([`${folder}/chromium`]));
		expect(found).toMatchObject({
			executablePath: `${folder}/chromium`,
			env: { FONTCONFIG_PATH: folder },
		});
		expect(found?.env['LD_LIBRARY_PATH']).toContain(`${folder}/al2023/lib`);
	});
});

/** A machine without a browser; a command works if `works` says so, and may leave a file behind. */
function hands(
	works: (line: string) => boolean | string,
	more: Partial<Hands> = {},
): Hands & { ran: string[]; said: string[] } {
	const there: string[] = [];
	const ran: string[] = [];
	const said: string[] = [];
	return {
		...machine([]),
		exists: (path) => there.includes(path),
		arch: 'arm64',
		isGlibc: true,
		isRoot: false,
		run: (command, args) => {
			const line = [command, ...args].join(' ');
			ran.push(line);
			const result = works(line);
			if (typeof result === 'string') there.push(result);
			return { ok: result !== false, output: 'Get:1 chromium\nE: refused\n' };
		},
		say: (line) => said.push(line),
		ran,
		said,
		...more,
	};
}
const installs = (line: string) => (/ install /.test(line) ? '/usr/bin/chromium' : true);

describe('where there is none', () => {
	it('is installed by the system’s package manager for root, which says so', () => {
		const root = hands(installs, { isRoot: true });
		expect(bringChromium(root).executablePath).toBe('/usr/bin/chromium');
		expect(root.ran).toContain('apt-get update -qq');
		expect(root.said).toEqual(['Installing a Chromium with apt-get install chromium …']);
	});

	it('is installed by sudo that asks for no password', () => {
		const somebody = hands(installs);
		expect(bringChromium(somebody).executablePath).toBe('/usr/bin/chromium');
		expect(somebody.said).toEqual([
			'Installing a Chromium with sudo -n apt-get install chromium …',
		]);
	});

	it('says in one line what to type, where sudo would ask', () => {
		const somebody = hands((line) => !line.startsWith('sudo'));
		expect(() => bringChromium(somebody)).toThrow(
			/^The tests need a Chromium, Chrome or Edge, and there is none\. Type: sudo apt-get install chromium; or set CHROMIUM_PATH to the path of one that you have\.$/,
		);
		expect(somebody.said).toEqual([]);
	});

	it('says why, where npm has none for it, and goes on to the system’s', () => {
		const root = hands((line) => !line.startsWith('npm') && installs(line), {
			arch: 'x64',
			isRoot: true,
		});
		expect(bringChromium(root).executablePath).toBe('/usr/bin/chromium');
		expect(root.said).toEqual([
			expect.stringMatching(/^Bringing a Chromium from npm into /),
			'  It did not work: E: refused',
			'Installing a Chromium with apt-get install chromium …',
		]);
	});

	it.each<[NodeJS.Platform, string]>([
		['darwin', 'brew install --cask google-chrome'],
		['win32', 'winget install Google.Chrome'],
		['freebsd', 'Install one'],
	])('names the command of %s', (platform, command) => {
		expect(() => bringChromium(hands(() => true, { platform }))).toThrow(command);
	});
});
