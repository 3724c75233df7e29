/** JSON files that a person names on the command line. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { z, ZodTypeAny } from 'zod';
import { fieldProblems } from './fieldProblems';

/** The message names the file, and the field where one is wrong. */
export class JsonFileError extends Error {}

/** @throws JsonFileError */
export function readJsonFile<T extends ZodTypeAny>(file: string, schema: T): z.output<T> {
	const parsed = schema.safeParse(jsonIn(file));
	if (parsed.success) return parsed.data;
	throw new JsonFileError(
		fieldProblems(parsed.error)
			.map((problem) => `${file}: ${problem}`)
			.join('\n'),
	);
}

/** The same, but undefined when there is no such file. */
export function readJsonFileIfAny<T extends ZodTypeAny>(
	file: string,
	schema: T,
): z.output<T> | undefined {
	return existsSync(file) ? readJsonFile(file, schema) : undefined;
}

/** Writes beside the file first: whoever reads it meanwhile, or stops the process, finds a whole one. */
export function writeJsonFile(file: string, value: unknown): void {
	const whole = `${file}.${process.pid}.tmp`;
	writeFileSync(whole, `${JSON.stringify(value, undefined, '\t')}\n`);
	renameSync(whole, file);
}

function jsonIn(file: string): unknown {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch {
		throw new JsonFileError(`${file}: cannot be read`);
	}
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		throw new JsonFileError(
			`${file}: is not JSON (${error instanceof Error ? error.message : ''})`,
		);
	}
}
