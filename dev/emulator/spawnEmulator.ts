/** The emulator in a process of its own, so that neither its memory nor its time counts. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ROOT = join(__dirname, '../..');

const manifestSchema = z.object({ scripts: z.object({ emulator: z.string() }) });

/** The words behind `node` in the command of `npm run emulator`, which is what everybody runs. */
export function emulatorCommand(): string[] {
	const manifest = manifestSchema.parse(
		JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')),
	);
	return manifest.scripts.emulator.split(' ').slice(1);
}

/** @param more arguments of `npm run emulator`; the port is any free one */
export async function spawnEmulator(
	...more: string[]
): Promise<{ child: ChildProcess; baseUrl: string }> {
	const child = spawn(process.execPath, [...emulatorCommand(), '--port', '0', ...more], {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const baseUrl = await new Promise<string>((resolve, reject) => {
		let seen = '';
		child.stdout.on('data', (chunk: Buffer) => {
			seen += chunk.toString();
			const url = /http:\/\/[\d.]+:\d+/.exec(seen)?.[0];
			if (url !== undefined) resolve(url);
		});
		child.once('error', reject);
		child.once('exit', () => reject(new Error(`The emulator ended: ${seen}`)));
	});
	return { child, baseUrl };
}
