import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { ROOT, rowsOf, start, type Ended } from './command';

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const ONE_GUID = new RegExp(`^${GUID.source}$`, 'i');
const TOTALS = '15 items: Confirmed 6 · Already Exists 5 · Error 4';
const SAMPLE_OUTCOMES = [
	['Contoso', 'Confirmed'],
	['Fabrikam', 'Already Exists'],
	['Northwind Traders', 'Confirmed'],
	['Adventure Works', 'Already Exists'],
	['Wide World Importers', 'Confirmed'],
	['Tailspin Toys', 'Already Exists'],
	['Proseware', 'Confirmed'],
	['Coho Winery', 'Confirmed'],
	['Coho Winery', 'Already Exists'],
	['Woodgrove Bank', 'Confirmed'],
	['Litware', 'Already Exists'],
	["Margie's Travel", 'Error'],
	['Alpine Ski House', 'Error'],
	['Fourth Coffee', 'Error'],
	['Trey Research', 'Error'],
];

const customersSchema = z.array(z.object({ customerId: z.string() }).passthrough());
const samples = customersSchema.parse(
	JSON.parse(readFileSync(join(ROOT, 'workflows/sample-customers.json'), 'utf8')),
);

let folder: string;

beforeAll(() => {
	if (!existsSync(join(ROOT, 'dist'))) throw new Error('Run npm run build first');
	folder = mkdtempSync(join(tmpdir(), 'başlat ő 顧客 '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
	writeFileSync(join(folder, name), content);
	return name;
}

const runFile = (name: string, content: string | Uint8Array, ...more: string[]) =>
	start(['--input', file(name, content), ...more], { from: folder });

/** Ended well, with nothing to complain of: what was printed. */
function printed({ status, stdout, stderr }: Ended): string {
	expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
	return stdout;
}

describe('npm start', () => {
	let stdout: string;

	beforeAll(async () => {
		stdout = printed(await start([]));
	});

	it('says which workflow runs on how many items, and that nobody is mailed', () => {
		expect(stdout).toMatch(
			/^Confirm customer agreements \(workflows\/confirm-customer-agreements\.json\), 15 items\nA run against an emulator on this machine: nothing leaves it, and nobody is mailed\.\nIt starts afresh: nothing of an earlier run is kept\.\n/,
		);
	});

	it('shows every sample customer, in their order, with the branch each took', () => {
		expect(rowsOf(stdout).map(({ customer, branch }) => [customer, branch])).toEqual(
			SAMPLE_OUTCOMES,
		);
	});

	it('shows the totals, and the node’s own count', () => {
		expect(stdout).toContain(`\n${TOTALS}\n`);
		expect(stdout).toContain('6 confirmed, 5 already there, 4 failed');
	});

	it('shows the request id of whatever Partner Center answered, each one its own', () => {
		const answered = rowsOf(stdout).filter(({ branch }) => branch !== 'Error');
		expect(answered).toHaveLength(11);
		for (const { requestId } of answered) expect(requestId).toMatch(ONE_GUID);
		expect(new Set(answered.map(({ requestId }) => requestId)).size).toBe(11);
	});

	it('shows a request id for the errors of Partner Center, and none where it was never asked', () => {
		const errors = rowsOf(stdout).filter(({ branch }) => branch === 'Error');
		expect(errors.map(({ customer, requestId }) => [customer, ONE_GUID.test(requestId)])).toEqual([
			["Margie's Travel", false],
			['Alpine Ski House', true],
			['Fourth Coffee', true],
			['Trey Research', false],
		]);
	});

	it.each([
		['Northwind Traders', 'agreed on 2025-05-02 by Zsófia Fűzesi'],
		['Adventure Works', 'agreed on 2024-09-02 by Győző Szőke-Nagy'],
		['Wide World Importers', 'agreed on 2025-04-23 by Märta Ångström-Öberg'],
		['Proseware', 'agreed on 2025-06-01 by Çağla Işıklı'],
		['Litware', 'agreed on 2023-06-21 by İpek Yıldızoğlu'],
		['Coho Winery', 'agreed on 2025-07-01 by 陽菜 鈴木'],
		['Woodgrove Bank', 'agreed on 2025-08-19 by 健太 佐藤'],
	])('shows who agreed for %s, and when', (name, words) => {
		expect(rowsOf(stdout).find(({ customer }) => customer === name)?.detail).toContain(words);
	});

	it.each([
		['Margie’s Travel', "Margie's Travel", /'Email' is not an e-mail address/],
		['Alpine Ski House', 'Alpine Ski House', /no reseller relationship/],
		['Fourth Coffee', 'Fourth Coffee', /does not know this customer/],
		['Trey Research', 'Trey Research', /'Date Agreed' lies in the future/],
	])('says why %s was not confirmed', (_title, name, reason) => {
		expect(rowsOf(stdout).find(({ customer }) => customer === name)?.detail).toMatch(reason);
	});

	it('ends with where to look next, and every file named there exists', () => {
		const next = stdout.slice(stdout.indexOf('Where to look next'));
		const files = next.match(/\b(?:workflows|docs)\/\S+|\bREADME\.md/g) ?? [];
		expect(files).toHaveLength(4);
		for (const path of files) expect(existsSync(join(ROOT, path))).toBe(true);
	});

	it('names headings of the README that are there', () => {
		const [, line = ''] = /README\.md +(.*)/.exec(stdout) ?? [];
		const headings = [...line.matchAll(/"([^"]+)"/g)].map(([, heading]) => heading);
		const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
		expect(headings).toHaveLength(3);
		for (const heading of headings) expect(readme).toContain(`## ${heading}\n`);
	});
});

describe('npm start, wherever in the world', () => {
	const known = new Set(samples.map(({ customerId }) => customerId.toLowerCase()));
	const masked = (text: string) =>
		text.replace(GUID, (id) => (known.has(id.toLowerCase()) ? id : '<id>'));
	// the child itself says where it believes to be, before the command prints anything
	const whereabouts = `data:text/javascript,${encodeURIComponent(
		`const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
		process.stderr.write(locale + ' ' + timeZone);`,
	)}`;
	const localTimes = () =>
		file(
			'local times.csv',
			[
				'customerId;companyName;firstName;lastName;email;dateAgreed',
				'14876998-c0dc-46e6-9d0c-65a57a6c32ec;İIıi;İpek;Işık;IPEK@PROSEWARE.EXAMPLE;2025-01-01T23:30:00',
				'{4CD01CA6-16BC-478D-893A-AC4D327C871F};IĞDIR;Iğıl;Diğdem;i@proseware.example;2025-03-30T02:30:00',
			].join('\r\n'),
		);
	const away = async (argv: string[], locale: string, timeZone: string) => {
		const { status, stdout, stderr } = await start(argv, {
			from: folder,
			env: { LC_ALL: locale, LANG: locale, LANGUAGE: undefined, TZ: timeZone },
			nodeOptions: ['--import', whereabouts],
		});
		expect(status).toBe(0);
		return { output: masked(stdout), whereabouts: stderr };
	};

	it.each([
		['the sample customers', (): string[] => []],
		['customers with local times', () => ['--input', localTimes()]],
	])(
		'says the same of %s in every locale and time zone',
		async (_what, argv) => {
			const [home, ...abroad] = await Promise.all([
				away(argv(), 'C.UTF-8', 'UTC'),
				away(argv(), 'tr_TR.UTF-8', 'Europe/Istanbul'),
				away(argv(), 'tr_TR.UTF-8', 'Pacific/Auckland'),
				away(argv(), 'C.UTF-8', 'America/New_York'),
				away(argv(), 'ar_EG.UTF-8', 'Asia/Tokyo'),
			]);
			expect(home.whereabouts).toMatch(/^en-US\S* UTC$/);
			expect(abroad.map(({ whereabouts }) => whereabouts)).toEqual([
				'tr-TR Europe/Istanbul',
				'tr-TR Pacific/Auckland',
				expect.stringMatching(/^en-US\S* America\/New_York$/),
				'ar-EG Asia/Tokyo',
			]);
			expect(home.output).toMatch(/\n\d+ items: Confirmed [1-9]/);
			expect(home.output).toContain('<id>');
			for (const { output } of abroad) expect(output).toBe(home.output);
		},
		180_000,
	);
});

describe('npm start with one’s own customers', () => {
	const NEW = '7d3f0c1e-58a4-4b6f-9a43-2f0b1c9d8e70';
	const NEW_TOO = '0b7a1c52-9d7e-4f0e-8c33-5f1f6f0f2a11';

	it('confirms customers from JSON, makes new ones known, and says what it left out', async () => {
		const stdout = printed(
			await runFile(
				'ügyfelek.json',
				JSON.stringify([
					{
						companyName: 'Győri Műszaki Kft.',
						customerId: NEW,
						firstName: 'Győző',
						lastName: 'Szőke',
						email: 'gyozo@gyori.example',
						dateAgreed: 1748775600000,
						ügyfélszám: 17,
					},
				]),
			),
		);
		expect(stdout).toMatch(/^Confirm customer agreements .*, 1 item\n/);
		expect(stdout).toContain('Ignored: ügyfélszám (not among the columns');
		expect(stdout).toContain('1 customer made known to the emulator');
		expect(rowsOf(stdout)).toEqual([
			{
				customer: 'Győri Műszaki Kft.',
				branch: 'Confirmed',
				detail: 'agreed on 2025-06-01 by Győző Szőke',
				requestId: expect.stringMatching(ONE_GUID),
			},
		]);
		expect(stdout).toContain('\n1 item: Confirmed 1 · Already Exists 0 · Error 0\n');
	});

	it('confirms customers from Excel’s CSV: byte order mark, semicolons, Windows line ends', async () => {
		const stdout = printed(
			await runFile(
				'müşteriler.csv',
				`\uFEFF${[
					'companyName;customerId;firstName;lastName;email;dateAgreed;phoneNumber',
					`"Işık; Çağrı A.Ş.";${NEW};İpek;Yıldızoğlu;ipek@isik.example;2025-05-19;`,
					`鈴木酒造;${NEW_TOO};陽菜;鈴木;hina@suzuki.example;2025-07-01;+81 3 5550 0127`,
					`"Işık; Çağrı A.Ş.";{${NEW.toUpperCase()}};İpek;Yıldızoğlu;ipek@isik.example;2025-05-19;`,
					`שלום;${NEW_TOO};נועה;בן־דוד;;2025-07-01;`,
				].join('\r\n')}\r\n`,
			),
		);
		expect(stdout).toContain('2 customers made known to the emulator');
		expect(stdout).toContain('\n4 items: Confirmed 2 · Already Exists 1 · Error 1\n');
		expect(rowsOf(stdout).map(({ customer, branch }) => [customer, branch])).toEqual([
			['Işık; Çağrı A.Ş.', 'Confirmed'],
			['鈴木酒造', 'Confirmed'],
			['Işık; Çağrı A.Ş.', 'Already Exists'],
			['שלום', 'Error'],
		]);
		expect(rowsOf(stdout)[0]?.detail).toBe('agreed on 2025-05-19 by İpek Yıldızoğlu');
	});
});

describe('npm start with another workflow', () => {
	const shipped = () =>
		readFileSync(join(ROOT, 'workflows/confirm-customer-agreements.json'), 'utf8');
	const workflow = (name: string, content: string, ...more: string[]) =>
		start(['--workflow', file(name, content), ...more], { from: folder });

	it('runs it on its pinned items', async () => {
		const stdout = printed(await workflow('iş akışı.json', shipped()));
		expect(stdout).toContain('Runs on its pinned items.');
		expect(stdout).toContain('\n3 items: Confirmed 1 · Already Exists 1 · Error 1\n');
	});

	it('runs it on the sample customers where it has none pinned', async () => {
		const unpinned = JSON.stringify({
			...z.record(z.unknown()).parse(JSON.parse(shipped())),
			pinData: {},
		});
		expect(printed(await workflow('unpinned.json', unpinned))).toContain(`\n${TOTALS}\n`);
	});

	it('runs it on a file, whose columns may have any name', async () => {
		const renamed = shipped().replace(/\$json\.firstName/g, '$json.voornaam');
		const klanten = file(
			'klanten.csv',
			'customerId,voornaam,lastName,email,dateAgreed\r\n' +
				'14876998-c0dc-46e6-9d0c-65a57a6c32ec,Jan-Willem,IJsselmuiden,jw@contoso.example,2025-06-12\r\n',
		);
		const stdout = printed(await workflow('werkstroom.json', renamed, '--input', klanten));
		expect(rowsOf(stdout)[0]?.detail).toBe('agreed on 2025-06-12 by Jan-Willem IJsselmuiden');
	});

	it('that stops at an item, says in one line at which node and why', async () => {
		const stopping = shipped().replace('"continueErrorOutput"', '"stopWorkflow"');
		const { status, stderr } = await workflow('stopping.json', stopping);
		expect(status).toBe(1);
		expect(stderr).toMatch(
			/^The workflow stopped at "Confirm Agreement": 'Email' is not an e-mail address[^\n]*\n$/,
		);
	});
});

describe('npm start --help', () => {
	it('prints how to use it, and runs nothing', async () => {
		const stdout = printed(await start(['--help']));
		expect(stdout).toMatch(/npm start -- --input my\.csv/);
		expect(stdout).not.toContain('MS-RequestId');
	});
});

describe('npm start with what it cannot use', () => {
	const HEADER = 'customerId;firstName;lastName;email;dateAgreed';
	const windows1254 = Buffer.from(
		`${HEADER}\r\nx;\xd6zg\xfcr;G\xfcne\xfe;o@x.example;2025-01-01\r\n`,
		'latin1',
	);
	const utf16 = Buffer.from(`\uFEFF${HEADER}\r\n`, 'utf16le');

	it.each([
		['an unknown option', ['--inptu'], /^Unknown option '--inptu'\. See npm start -- --help$/],
		['an option without its file', ['--input'], /^Option '--input <value>' argument missing\. /],
		['a file that is not there', ['--input', 'yok.csv'], /^yok\.csv: there is no such file$/],
		['a workflow that is not there', ['--workflow', 'yok.json'], /^yok\.json: there is no such/],
		['a folder', ['--input', '.'], /^\.: it cannot be read$/],
	])('says in one line that it got %s', async (_what, argv, line) => {
		await refuses(start(argv, { from: folder }), line);
	});

	it.each<[string, string, string | Uint8Array, RegExp]>([
		['an empty file', 'leeg.csv', '', /^leeg\.csv: it is empty$/],
		['half of a JSON file', 'fél.json', '[{"customerId":\n\n"x"', /^fél\.json: it is not JSON: /],
		['lines of text', 'düz.json', 'geen\njson\n', /^düz\.json: it is not JSON: .*geen json/],
		['one object', 'één.json', '{"klanten": []}', /^één\.json: it holds one object, .*"klanten"/],
		[
			'no e-mail column',
			'x.csv',
			`${HEADER.replace('email', 'mail')}\n1;2;3;4;5\n`,
			/column email; it has customerId, firstName, lastName, mail, dateAgreed$/,
		],
		[
			'a ragged CSV file',
			'r.csv',
			`${HEADER}\n1;2;3\n`,
			/^r\.csv: line 2 ends before its column email$/,
		],
		[
			'a Turkish code page',
			'1254.csv',
			windows1254,
			/^1254\.csv: it is not UTF-8 \(line 2\), perhaps Windows-1252: .*CSV UTF-8/,
		],
		['UTF-16 without rows', 'utf16.csv', utf16, /^utf16\.csv: it holds no customers/],
	])('says in one line that the customers are %s', async (_what, name, content, line) => {
		await refuses(runFile(name, content), line);
	});

	it.each([
		['lines of text', 'geen\nworkflow\n', /^w\.json: it is not JSON: .*geen workflow/],
		['customers', JSON.stringify(samples), /^w\.json: it is not a workflow that n8n exported/],
		[
			'without our node',
			'{"nodes":[{"name":"A","type":"n8n-nodes-base.noOp"}],"connections":{}}',
			/^w\.json: it has no Microsoft Partner Center node$/,
		],
	])('says in one line that the workflow is %s', async (_what, content, line) => {
		await refuses(start(['--workflow', file('w.json', content)], { from: folder }), line);
	});

	async function refuses(running: Promise<Ended>, line: RegExp) {
		const { status, stdout, stderr } = await running;
		expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
		expect(stderr).toMatch(/^[^\n]+\n$/);
		expect(stderr.trimEnd()).toMatch(line);
		expect(stderr).not.toMatch(/\bat .*:\d+:\d+|node:internal|TypeError/);
	}
});
