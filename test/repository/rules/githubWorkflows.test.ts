/** What runs on GitHub: pinned, with the least permissions, without a token to steal, and it exists. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const root = path.join(__dirname, '../../..');
const read = (...parts: string[]) => readFileSync(path.join(root, ...parts), 'utf8');

const permissionsSchema = z.record(z.string(), z.enum(['read', 'write', 'none']));
const stepSchema = z.object({
	uses: z.string().optional(),
	run: z.string().optional(),
	with: z.record(z.string(), z.unknown()).optional(),
});
const workflowSchema = z.object({
	on: z.record(z.string(), z.unknown()),
	permissions: permissionsSchema,
	jobs: z.record(
		z.string(),
		z.object({
			'runs-on': z.string(),
			'timeout-minutes': z.number(),
			permissions: permissionsSchema.optional(),
			strategy: z
				.object({ matrix: z.record(z.string(), z.array(z.unknown())) })
				.passthrough()
				.optional(),
			steps: z.array(stepSchema),
		}),
	),
});

const folder = '.github/workflows';
const workflows = readdirSync(path.join(root, folder)).map((file) => {
	const text = read(folder, file);
	return { file, text, workflow: workflowSchema.parse(parse(text)) };
});
const jobs = workflows.flatMap(({ file, workflow }) =>
	Object.entries(workflow.jobs).map(([name, job]) => ({ job, name: `${file}: ${name}` })),
);
const steps = jobs.flatMap(({ job, name }) => job.steps.map((step) => ({ step, name })));

/** What a job may do beyond reading the repository, and that is all. */
const MAY_WRITE: Record<string, Record<string, string>> = {
	'publish.yml: publish': { 'id-token': 'write' },
	'codeql.yml: analyze': { 'security-events': 'write' },
};

it('there is one for the tests, one for publishing and one for CodeQL', () => {
	expect(workflows.map(({ file }) => file).sort()).toEqual(['ci.yml', 'codeql.yml', 'publish.yml']);
});

it.each(workflows)(
	'$file pins every action to a commit, with its version beside it',
	({ text }) => {
		const lines = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
		expect(lines).not.toEqual([]);
		for (const line of lines) {
			expect(line).toMatch(/uses: [\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		}
	},
);

it('an action is the same commit wherever it is used', () => {
	const commits = new Map<string, Set<string>>();
	for (const { step } of steps.filter((one) => one.step.uses !== undefined)) {
		const [action = '', commit = ''] = (step.uses ?? '').split('@');
		const repository = action.split('/').slice(0, 2).join('/');
		commits.set(repository, (commits.get(repository) ?? new Set()).add(commit));
	}
	expect([...commits].filter(([, used]) => used.size > 1)).toEqual([]);
});

it.each(workflows)('$file reads the repository and no more', ({ workflow }) => {
	expect(workflow.permissions).toEqual({ contents: 'read' });
});

it.each(jobs)('$name may write only what it is for', ({ name, job }) => {
	const { permissions = { contents: 'read' } } = job;
	expect(permissions).toEqual({ contents: 'read', ...MAY_WRITE[name] });
});

it.each(workflows)(
	'$file never runs with the rights of the repository on a fork’s code',
	({ workflow }) => {
		expect(Object.keys(workflow.on)).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/pull_request_target|workflow_run/)]),
		);
	},
);

it.each(workflows)('$file needs no stored token', ({ text }) => {
	expect(text).not.toMatch(/secrets\.|_TOKEN|NODE_AUTH/);
});

it('what a stranger can write is in no command', () => {
	const texts = steps.map(({ step }) => step.run ?? '');
	for (const text of texts) expect(text).not.toMatch(/\$\{\{(?!\s*matrix\.)/);
});

it('the checked-out repository keeps no credentials', () => {
	const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
	expect(checkouts).toHaveLength(jobs.length);
	for (const { step } of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
});

it('every npm script that they run exists', () => {
	const { scripts } = z
		.object({ scripts: z.record(z.string(), z.string()) })
		.parse(JSON.parse(read('package.json')));
	const called = workflows.flatMap(({ text }) =>
		[...text.matchAll(/npm (?:run ([\w:-]+)|(test)\b)/g)].map(([, run, test]) => run ?? test),
	);
	expect(called).toEqual(expect.arrayContaining(['test', 'verify', 'test:e2e', 'test:queue']));
	expect(called.filter((script) => script !== undefined && !(script in scripts))).toEqual([]);
});

it('the tests run on every Node.js that the package supports, among them the one in .nvmrc', () => {
	const test = jobs.find(({ name }) => name === 'ci.yml: test');
	const tested = test?.job.strategy?.matrix.node;
	expect(tested).toEqual([24, 22, 20]);
	expect(tested).toContain(Number(read('.nvmrc').trim()));
});

it('publishing is from a tag, with provenance, after all checks', () => {
	const publish = workflows.find(({ file }) => file === 'publish.yml')?.workflow;
	expect(publish?.on).toEqual({ push: { tags: ['v*'] } });
	const commands = publish?.jobs.publish?.steps.flatMap(({ run = [] }) => run) ?? [];
	expect(commands.slice(-3)).toEqual([
		'npm test',
		'npm run verify',
		'npm publish --provenance --access public',
	]);
});

it('the commits that dependency updates come in are the root’s and the workflows’', () => {
	const { updates } = z
		.object({ updates: z.array(z.object({ 'package-ecosystem': z.string() })) })
		.parse(parse(read('.github/dependabot.yml')));
	expect(updates.map((one) => one['package-ecosystem'])).toEqual(['npm', 'github-actions']);
});
