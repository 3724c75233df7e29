/** The container recipe, as far as it can be run without a container. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

import { emulatorCommand } from '../../../dev/emulator/spawnEmulator';

const ROOT = path.join(__dirname, '../../..');
const RECIPE = path.join(ROOT, 'dev/emulator/Dockerfile');
const lines = readFileSync(RECIPE, 'utf8').split('\n');

const copied = lines
	.filter((line) => line.startsWith('COPY '))
	.flatMap((line) => line.split(' ').slice(1, -1));

function wordsOf(instruction: 'ENTRYPOINT' | 'CMD'): string[] {
	const line = lines.find((one) => one.startsWith(`${instruction} `)) ?? '';
	return z.array(z.string()).parse(JSON.parse(line.slice(instruction.length)));
}

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'container-'));
	for (const name of copied) {
		mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
		cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
	}
	symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('its command starts the emulator with the copied files alone, and a stop saves the state', async () => {
	const [command = '', ...entry] = wordsOf('ENTRYPOINT');
	const state = path.join(folder, 'state.json');
	const options = wordsOf('CMD').map((word) => word.replace('/data', folder));
	expect(command).toBe('node');
	expect(entry.slice(0, emulatorCommand().length)).toEqual(emulatorCommand());
	const args = [...entry, ...options, '--port', '0', '--host', '127.0.0.1'];
	const child = spawn(process.execPath, args, {
		cwd: folder,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let printed = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		printed += text;
		if (printed.includes('Ctrl-C')) child.kill('SIGTERM');
	});
	await once(child, 'close');
	expect(printed).toContain('Partner Center emulator: http://127.0.0.1:');
	expect(existsSync(state)).toBe(true);
});

test('what is copied is what is sent to Docker', () => {
	const sent = readFileSync(`${RECIPE}.dockerignore`, 'utf8').split('\n');
	expect(sent.filter((line) => line.startsWith('!')).map((line) => line.slice(1))).toEqual(copied);
});

test('it runs on the version of Node.js that this repository is developed on', () => {
	const version = readFileSync(path.join(ROOT, '.nvmrc'), 'utf8').trim();
	expect(lines).toContain(`FROM node:${version}-slim`);
});
