import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { root, scratchFolder } from '../../package/pack.mjs';
import { run } from '../command.mjs';

export const name = 'A release, rehearsed in a clone';

const CHANGE = '- A change that is released in a rehearsal.';

/** Releases the last commit, and one change more, in a clone with an origin of its own. */
export async function check() {
	const scratch = scratchFolder('release');
	const origin = path.join(scratch, 'origin.git');
	const clone = path.join(scratch, 'clone');
	const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: 'pipe' });
	git('clone', '--quiet', '--bare', root, origin);
	const head = git('-C', root, 'rev-parse', 'HEAD').trim();
	git('-C', origin, 'update-ref', 'refs/heads/main', head);
	git('clone', '--quiet', '--branch', 'main', origin, clone);
	git('-C', clone, 'config', 'user.name', 'Rehearsal');
	git('-C', clone, 'config', 'user.email', 'rehearsal@example.com');
	appendFileSync(path.join(clone, '.git/info/exclude'), 'node_modules\n');
	symlinkSync(path.join(root, 'node_modules'), path.join(clone, 'node_modules'));

	const read = (file) => readFileSync(path.join(clone, file), 'utf8');
	const before = JSON.parse(read('package.json')).version;
	const heading = '## [Unreleased]\n';
	const changes = read('CHANGELOG.md').replace(heading, `${heading}\n### Added\n\n${CHANGE}\n`);
	writeFileSync(path.join(clone, 'CHANGELOG.md'), changes);
	git('-C', clone, 'commit', '--quiet', '--all', '--message', 'A change');
	const notes = unreleased(changes);
	const bin = path.join(root, 'node_modules/release-it/bin/release-it.js');
	const { status, stdout, stderr } = await run([bin, 'minor', '--ci'], { cwd: clone });
	if (status !== 0) return { found: 'release-it did not finish', problems: [stdout + stderr] };

	const { version } = JSON.parse(read('package.json'));
	const changelog = read('CHANGELOG.md');
	const tags = git('-C', origin, 'tag', '--contains', 'main').split('\n');
	const today = new Date().toISOString().slice(0, 10);
	const expectations = {
		[`the version is no longer ${before}`]: version !== before,
		'the lock file has the same version': JSON.parse(read('package-lock.json')).version === version,
		[`the changelog has a section ${version} of today`]: changelog.includes(
			`## [${version}] - ${today}`,
		),
		'what was Unreleased is in it': notes.includes(CHANGE) && changelog.includes(notes),
		'Unreleased is empty, and there': unreleased(changelog) === '',
		[`the tag v${version} is on the pushed commit`]: tags.includes(`v${version}`),
		'nothing is left uncommitted': git('-C', clone, 'status', '--porcelain') === '',
	};
	return {
		found: `${before} → ${version}: version, changelog, commit and tag, pushed`,
		problems: Object.keys(expectations).filter((expectation) => !expectations[expectation]),
	};
}

/** What stands under Unreleased; undefined when there is no such section. */
function unreleased(changelog) {
	return /^## \[Unreleased\]\n([^]*?)(?=^## \[|(?![^]))/m.exec(changelog)?.[1].trim();
}
