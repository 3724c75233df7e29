/** The program that prints how the product's code is spread: what it counts is what is there. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../../..');

it('prints each room with its lines, the longest functions and the places of an operation', () => {
	const program = path.join(ROOT, 'dev/suite/house.ts');
	const printed = execFileSync(process.execPath, ['--import', 'tsx', program], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	const parts = ['MicrosoftPartnerCenter.node.ts', 'MicrosoftPartnerCenterTrigger.node.ts'];
	const lines = parts
		.map((file) => readFileSync(path.join(ROOT, 'nodes/MicrosoftPartnerCenter', file), 'utf8'))
		.reduce((sum, text) => sum + text.split('\n').length - 1, 0);
	expect(printed).toMatch(new RegExp(`│ the nodes +│ 2 +│ ${lines} +│`));
	expect(printed).toMatch(/│ send +│ client\/Requester\.ts +│ \d+ +│/);
	expect(printed).toContain('Places for an operation: 6');
});
