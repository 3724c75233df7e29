import { readFileSync } from 'node:fs';
import path from 'node:path';

import { root, scratchFolder } from '../../package/pack.mjs';
import { counted, jest } from '../command.mjs';

export const name = 'Branches of client/ and n8n/ that tests take';

const MIN_PERCENT = 95;

/** The unit tests, and the engine tests on the sources instead of the build. */
export async function check() {
	const folder = scratchFolder('coverage');
	const tests = await jest([
		...['--selectProjects', 'unit', 'source'],
		...['--coverage', '--coverageReporters=json', `--coverageDirectory=${folder}`],
		'--collectCoverageFrom=nodes/**/{client,n8n}/**/*.ts',
	]);
	const files = JSON.parse(readFileSync(path.join(folder, 'coverage-final.json'), 'utf8'));
	const branches = { client: { all: 0, taken: 0 }, n8n: { all: 0, taken: 0 } };
	const untaken = [];
	for (const [file, { b: counts, branchMap }] of Object.entries(files)) {
		const layer = branches[file.includes('/client/') ? 'client' : 'n8n'];
		for (const [id, { locations, loc }] of Object.entries(branchMap)) {
			counts[id].forEach((count, way) => {
				layer.all += 1;
				if (count > 0) layer.taken += 1;
				else
					untaken.push(
						`${path.relative(root, file)}:${locations[way].start.line ?? loc.start.line}`,
					);
			});
		}
	}
	const percent = ({ all, taken }) => (100 * taken) / all;
	const shown = Object.entries(branches).map(
		([layer, counts]) =>
			`${layer}/ ${counts.taken} of ${counts.all} (${percent(counts).toFixed(1)} %)`,
	);
	const low = Object.values(branches).some((counts) => !(percent(counts) >= MIN_PERCENT));
	return {
		found: `${shown.join(', ')}; tests: ${counted(tests)}`,
		problems: [
			...tests.problems,
			...(low ? [`less than ${MIN_PERCENT} %; not taken:`, ...untaken] : []),
		],
	};
}
