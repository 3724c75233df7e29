/** Everything that n8n's engine and its nodes log during a test, at every level. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { inspect } from 'node:util';
import { LoggerProxy } from 'n8n-workflow';

import { engineModules } from '../../engine/workplace';

interface Recorder {
	debug(...args: unknown[]): void;
	info(...args: unknown[]): void;
	warn(...args: unknown[]): void;
	error(...args: unknown[]): void;
	scoped(): Recorder;
}

/** @returns the lines logged so far, growing as more are logged */
export function recordLogs(): string[] {
	const lines: string[] = [];
	const record = (...args: unknown[]) => {
		lines.push(inspect(args, { depth: 8, showHidden: true, maxStringLength: null }));
	};
	const recorder: Recorder = {
		debug: record,
		info: record,
		warn: record,
		error: record,
		scoped: () => recorder,
	};
	const require = createRequire(path.join(engineModules, 'n8n-core/package.json'));
	const { Container } = require('@n8n/di') as {
		Container: { set(type: unknown, instance: unknown): void };
	};
	const { Logger } = require('@n8n/backend-common') as { Logger: unknown };
	Container.set(Logger, recorder);
	LoggerProxy.init(recorder as unknown as Parameters<typeof LoggerProxy.init>[0]);
	return lines;
}
