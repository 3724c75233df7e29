/** SECURITY.md names a test for each claim: they exist. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../../..');
const text = readFileSync(path.join(root, 'SECURITY.md'), 'utf8');

const claims = [...text.matchAll(/^\| (.+?) +\| `(test\/[^`]+)` +\| `([^`]+)` +\|$/gm)].map(
	([, claim = '', file = '', title = '']) => ({ claim, file, title }),
);

it('every row of the threat model names a test', () => {
	const model = text.slice(text.indexOf('## Threat model'), text.indexOf('### What is not'));
	const rows = model.split('\n').filter((line) => /^\| (?!-|What stands)/.test(line));
	expect(claims).toHaveLength(rows.length);
	expect(claims.length).toBeGreaterThan(30);
});

it.each(claims)('$claim', ({ file, title }) => {
	expect(readFileSync(path.join(root, file), 'utf8')).toContain(title);
});
