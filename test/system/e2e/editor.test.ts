/** `npm run editor`, from the command to Ctrl-C. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { CREDENTIAL, idOf, workflowFiles } from '../../../dev/n8n/sampleContent';
import { Session } from '../../../dev/n8n/Session';
import { runEditor, startEditor, type Command, type RunningEditor } from './editorCommand';
import { runInEditor } from './executions';
import { OUTCOMES } from './outcomes';
import { majorUnderTest } from './place';

const FILE = 'confirm-customer-agreements.json';
const major = majorUnderTest();
const listSchema = z.array(z.object({ id: z.string(), name: z.string() }));

let folder: string;
let temporary: string;
let running: RunningEditor | undefined;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'partner-center-editor-test-'));
	temporary = mkdtempSync(join(tmpdir(), 'partner-center-editor-tmp-'));
});
afterEach(async () => {
	await running?.interrupt();
	running = undefined;
});
/** Of a connected user, and of the app alone. */
const CREDENTIALS = [CREDENTIAL.name, 'Partner Center app (emulator)'].sort();

afterAll(() => {
	for (const made of [folder, temporary]) rmSync(made, { recursive: true, force: true });
});

/** The temporary user folders that are there now. */
function userFolders(): string[] {
	return readdirSync(temporary).filter((name) => name.startsWith('partner-center-editor-'));
}

async function start(
	command: Command,
	...args: string[]
): Promise<{ editor: RunningEditor; session: Session }> {
	running = await startEditor(command, ['--n8n', major, ...args], temporary);
	return { editor: running, session: await Session.signIn(running.url, running.owner) };
}

async function namesOf(session: Session, path: string): Promise<string[]> {
	return listSchema.parse(await session.call('GET', path)).map(({ name }) => name);
}

/** Runs the sample workflow, and looks at its three branches. */
async function expectItToRun(session: Session): Promise<void> {
	const trigger = 'When clicking ‘Execute workflow’';
	const execution = await runInEditor(session, major, idOf(FILE), trigger);
	expect(execution.status).toBe('success');
	const [confirmed = [], alreadyExists = [], errors = []] = execution.outputs('Confirm Agreement');
	expect(confirmed.map(({ customerId }) => customerId)).toEqual(OUTCOMES[FILE]?.confirmed);
	expect(alreadyExists.map(({ customerId }) => customerId)).toEqual(OUTCOMES[FILE]?.alreadyExists);
	expect(errors).toHaveLength(1);
}

test('it opens an n8n with the workflows and a connected credential, and Ctrl-C leaves nothing', async () => {
	const { editor, session } = await start('npm');

	expect(await namesOf(session, '/workflows')).toHaveLength(workflowFiles().length);
	expect((await namesOf(session, '/credentials')).sort()).toEqual(CREDENTIALS);
	await expectItToRun(session);
	expect((await fetch(editor.emulatorUrl)).status).toBe(200);
	expect(userFolders()).toHaveLength(1);

	// npm itself ends by the signal, so there is no status to look at.
	await editor.interrupt();
	expect(editor.output()).toContain('Stopping …');
	expect(editor.alive()).toBe(false);
	expect(userFolders()).toEqual([]);
	await expect(fetch(editor.url)).rejects.toThrow();
	await expect(fetch(editor.emulatorUrl)).rejects.toThrow();
});

test('with --keep, the second start installs nothing and has what was added before', async () => {
	const first = await start('built', '--keep', folder);
	await first.session.call('POST', '/workflows', {
		name: 'Mine',
		active: false,
		nodes: [],
		connections: {},
		settings: {},
	});
	await expectItToRun(first.session);
	expect(await first.editor.interrupt()).toBe(0);
	expect(existsSync(join(folder, '.n8n', 'database.sqlite'))).toBe(true);
	running = undefined;

	const { editor, session } = await start('built', '--keep', folder);

	expect(editor.owner).toEqual(first.editor.owner);
	expect(await namesOf(session, '/workflows')).toHaveLength(workflowFiles().length + 1);
	expect(await namesOf(session, '/workflows')).toContain('Mine');
	expect((await namesOf(session, '/credentials')).sort()).toEqual(CREDENTIALS);
	await expectItToRun(session);
	expect(editor.output()).not.toMatch(/download|build/);
	expect(await editor.interrupt()).toBe(0);
	expect(editor.alive()).toBe(false);
});

test.each([
	[['--n8n', '3'], '--n8n takes 1 or 2, not 3'],
	[['--port', 'first'], '--port takes a number from 1 to 65535, not first'],
	[['--speed'], "Unknown option '--speed'"],
])('%j is answered in one line', async (args, words) => {
	const { status, stdout, stderr } = await runEditor(args, temporary);

	expect(status).toBe(1);
	expect(stdout).toBe('');
	const said = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('npm warn'));
	expect(said).toEqual([expect.stringContaining(words)]);
	expect(userFolders()).toEqual([]);
});
