/** "Add an operation", followed to the letter in a copy of the package: it builds, and its test passes. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { clone, person, removeFolders } from './clone';
import { pageNamed, ROOT } from './pages';

jest.setTimeout(300_000);

const run = promisify(execFile);
const { blocks } = pageNamed('docs/contributing/add-an-operation.md');
const files = blocks.filter(({ title }) => title !== '');

/** The lines of one side of a change: those that stay, and those of that side. */
const side = (content: string, mark: '-' | '+') =>
	content
		.split('\n')
		.slice(0, -1)
		.filter((line) => line === '' || line.startsWith(' ') || line.startsWith(mark))
		.map((line) => line.slice(1))
		.join('\n');

/** Takes a change as a person does: finds what is shown, once, and makes it what it shall be. */
function changed(source: string, change: string): string {
	const [before, after] = [side(change, '-'), side(change, '+')].map((lines) =>
		// three dots stand for the rest of a long line; whole lines end where they end
		lines.includes('…') ? lines.replace(/…/g, '') : `${lines}\n`,
	);
	const places = source.split(before ?? '').length - 1;
	expect(places).toBe(1);
	return source.replace(before ?? '', () => after ?? '');
}

let copy: string;
beforeAll(() => {
	copy = clone();
	for (const { language, title, content } of files) {
		const file = path.join(copy, title);
		mkdirSync(path.dirname(file), { recursive: true });
		const isChange = language === 'diff';
		writeFileSync(file, isChange ? changed(readFileSync(file, 'utf8'), content) : content);
	}
});
afterAll(removeFolders);

const inCopy = async (command: string, ...args: string[]) => {
	try {
		return await run(command, args, { cwd: copy, env: person() });
	} catch (error) {
		const { stdout, stderr } = error as { stdout: string; stderr: string };
		throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
	}
};

it('touches seven places: method, route, form, run, table, test and page', () => {
	const created = files.filter(({ language }) => language === 'ts').map(({ title }) => title);
	expect(created).toHaveLength(3);
	expect([...new Set(files.map(({ title }) => title))].sort()).toEqual([
		'dev/emulator/api/apiRoutes.ts',
		'docs/operations/reference.md',
		'nodes/MicrosoftPartnerCenter/client/Customers.ts',
		'nodes/MicrosoftPartnerCenter/resources/customer/getBudget.run.ts',
		'nodes/MicrosoftPartnerCenter/resources/customer/getBudget.ts',
		'nodes/MicrosoftPartnerCenter/resources/index.ts',
		'test/engine/operations/customer/getBudget.test.ts',
	]);
});

it('builds, and passes its test in n8n’s engine and those of the documentation', async () => {
	await inCopy('npm', 'run', '--silent', 'build');
	const commands = blocks
		.filter(({ language }) => language === 'sh')
		.flatMap(({ content }) => content.split('\n'))
		.filter((line) => line.startsWith('npx jest'));
	expect(commands).toHaveLength(2);
	const summaries: string[] = [];
	for (const command of commands) {
		const { stderr } = await inCopy('npx', ...command.split(' ').slice(1));
		summaries.push(stderr);
	}
	expect(summaries[0]).toContain('1 passed, 1 total');
	expect(summaries[1]).toContain('2 passed, 2 total');
});

it('is accepted by the linters, by TypeScript and by the rules for files', async () => {
	const touched = [...new Set(files.map(({ title }) => title))];
	await inCopy('npx', 'eslint', ...touched);
	await inCopy('npx', 'prettier', '--check', '--log-level', 'warn', ...touched);
	const config = { extends: './tsconfig.dev.json', include: touched };
	writeFileSync(path.join(copy, 'tsconfig.page.json'), JSON.stringify(config));
	await inCopy('npx', 'tsc', '-p', 'tsconfig.page.json');
	await inCopy(
		'npx',
		'jest',
		'--selectProjects',
		'unit',
		'--',
		'rules/arrows',
		'rules/unitTests',
		'rules/startUp',
	);
	await inCopy('npm', 'run', '--silent', 'words');
});

it('is no part of the package', () => {
	const index = readFileSync(
		path.join(ROOT, 'nodes/MicrosoftPartnerCenter/resources/index.ts'),
		'utf8',
	);
	expect(index).not.toContain('getBudget');
});
