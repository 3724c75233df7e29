import { readFileSync } from 'node:fs';
import path from 'node:path';

import { root } from '../../package/pack.mjs';
import { jest } from '../command.mjs';

export const name = 'Words, against n8n’s writing rules';

export async function check() {
	const { passed, problems } = await jest(['--selectProjects', 'unit', '--', 'test/unit/words']);
	const page = readFileSync(path.join(root, 'docs/words.md'), 'utf8');
	const rows = page.split('\n').filter((line) => /^\| (?!---|Text |What )/.test(line)).length;
	return { found: `${rows} texts in docs/words.md; ${passed} tests of them passed`, problems };
}
