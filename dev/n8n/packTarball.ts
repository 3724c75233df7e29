/** The package as npm would publish it, from a fresh build. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ROOT = join(__dirname, '../..');
const packedSchema = z.array(z.object({ filename: z.string(), name: z.string() })).length(1);

export interface Tarball {
	/** The package's name on npm. */
	name: string;
	file: string;
}

/** Packs what `npm run build` left in `dist` into a folder. */
export function packTarball(into: string): Tarball {
	mkdirSync(into, { recursive: true });
	const output = execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', into], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	const [packed] = packedSchema.parse(JSON.parse(output));
	if (packed === undefined) throw new Error('npm packed nothing');
	return { name: packed.name, file: join(into, packed.filename) };
}
