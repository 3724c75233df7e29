import { readFileSync } from 'node:fs';
import path from 'node:path';

import { root } from '../../package/pack.mjs';
import { counted, jest } from '../command.mjs';

export const name = 'Words, against n8n’s writing rules';

export async function check() {
	const tests = await jest(['--selectProjects', 'unit', '--', 'test/repository/words']);
	const page = readFileSync(path.join(root, 'test/repository/words/words.md'), 'utf8');
	const rows = page.split('\n').filter((line) => /^\| (?!---|Text |What )/.test(line)).length;
	return {
		found: `${rows} texts in test/repository/words/words.md; tests of them: ${counted(tests)}`,
		problems: tests.problems,
	};
}
