/**
 * What shows that a command in the documentation works. One that is not in the table fails the
 * documentation's tests; so does a proof that does not hold.
 */
export type Proof =
	/** A step of CI, or part of the npm script that a step of CI calls. */
	| { by: 'ci' }
	/** A test that CI runs and that holds this text. */
	| { by: 'test'; file: string; holds: string }
	/** Run by `commands.test.ts` itself: alone, or with the whole block in a copy of the package. */
	| { by: 'here' }
	/** Too long for every run with just these options: without them it is run, and its help has them. */
	| { by: 'options' };

const ci: Proof = { by: 'ci' };
const here: Proof = { by: 'here' };
const options: Proof = { by: 'options' };
const probe = (holds: string): Proof => ({
	by: 'test',
	file: 'test/emulator/probe/command.test.ts',
	holds,
});
const start = (holds: string): Proof => ({
	by: 'test',
	file: 'test/system/start/start.test.ts',
	holds,
});

export const commandTable: Readonly<Record<string, Proof>> = {
	// of the page that is followed by addAnOperation.test.ts
	'npx jest --selectProjects n8n-2 --forceExit -- test/engine/operations/customer/getBudget.test.ts':
		{
			by: 'test',
			file: 'test/repository/docs/addAnOperation.test.ts',
			holds: "startsWith('npx jest')",
		},
	'npx jest --selectProjects docs --forceExit -- docs/fields.test.ts docs/jsonExamples.test.ts': {
		by: 'test',
		file: 'test/repository/docs/addAnOperation.test.ts',
		holds: "startsWith('npx jest')",
	},
	'npm ci': ci,
	'npm ci && npm start': start('start([])'),
	'npm ci && npm test': ci,
	'npm test': ci,
	'npm start': start('start([])'),
	'npm start -- --help': here,
	'npm start -- --input my.csv': start("'--input'"),
	'npm start -- --workflow other.json': start("'--workflow'"),
	'npm start -- --workflow workflows/coverage-report.json': {
		by: 'test',
		file: 'test/system/start/workflows.test.ts',
		holds: "'--workflow'",
	},
	'npm start -- --workflow workflows/attestation-deal-won.json': {
		by: 'test',
		file: 'test/system/start/workflows.test.ts',
		holds: "'workflows/attestation-deal-won.json'",
	},
	'npm start -- --workflow workflows/onboarding.json': {
		by: 'test',
		file: 'test/system/start/workflows.test.ts',
		holds: "'workflows/onboarding.json'",
	},
	'npm run emulator': here,
	'npm run emulator -- --attestation preview': here,
	'npm run emulator -- --legacy-confirmation refuse': here,
	'npm run emulator -- --help': here,
	'npm run emulator -- --host 0.0.0.0': here,
	'npm run emulator -- --rate-limit 100': here,
	'npm run emulator -- --config dev/emulator/example.config.json': here,
	'npm run emulator -- --tls': here,
	'npm run emulator -- --public-url https://partner-center.example:8443': here,
	'npm run emulator -- --state emulator.json': {
		by: 'test',
		file: 'test/emulator/contract/stateFile.test.ts',
		holds: "spawnEmulator('--state'",
	},
	'npm run bench:emulator': {
		by: 'test',
		file: 'test/emulator/contract/emulatorCost.test.ts',
		holds: 'dev/bench/emulatorCost.ts',
	},
	'npx tsx dev/suite/house.ts': {
		by: 'test',
		file: 'test/unit/dev/suite/house.test.ts',
		holds: 'dev/suite/house.ts',
	},
	'npm run probe': probe("'--emulator'"),
	'npm run probe -- --help': here,
	'npm run probe -- --emulator': probe("'--emulator'"),
	'npm run probe -- --emulator --runs 30 --seed 1': probe("'--runs', '30', '--seed', '1'"),
	// It needs a tenant; a test probes an emulator by the same function.
	'npm run probe -- --tenant contoso.onmicrosoft.com --client-id 11111111-2222-4333-8444-555555555555':
		options,
	docker: {
		by: 'test',
		file: 'test/emulator/contract/container.test.ts',
		holds: "wordsOf('ENTRYPOINT')",
	},
	'npm run editor': {
		by: 'test',
		file: 'test/system/e2e/editorCommand.ts',
		holds: 'dev/n8n/start.ts',
	},
	'npm run editor -- --help': here,
	'npm run editor -- --n8n 1': options,
	'npm run editor -- --keep': options,
	'npm run build': ci,
	'npm run lint': ci,
	'npm run lint:fix': here,
	'npm run typecheck': ci,
	'npm run engines': ci,
	'npm run test:unit': ci,
	'npm run test:engine': ci,
	'npm run test:start': ci,
	'npm run test:docs': ci,
	'npm run test:package': ci,
	'npm run test:browser': ci,
	'npm run test:chaos': {
		by: 'test',
		file: 'test/system/chaos/command.ts',
		holds: "'chaos-n8n-2'",
	},
	'npm run test:chaos -- --short': options,
	'npm run test:load': { by: 'test', file: 'dev/suite/underLoad.ts', holds: "'npm', ['test'" },
	'npm run test:scale': ci,
	'npm run test:e2e': ci,
	'npm run test:e2e -- --n8n 1': options,
	'npm run test:queue': ci,
	'npm run test:queue -- --n8n 1': options,
	'npm run bench': ci,
	'npm run bench -- --quick': ci,
	'npm run bench -- --only S1,S6': options,
	'npm run bench -- --only S6': options,
	'npm run bench -- --only S9 --limit 600': options,
	'npm run bench -- --write': options,
	'npm run bench -- --profile': options,
	'npm run pictures': { by: 'test', file: 'test/system/e2e/run.ts', holds: 'values.pictures' },
	'npm run verify': ci,
	'npm run verify -- words audit': ci,
	'npm run verify -- release': ci,
	'npm run verify -- zod': ci,
	'npm run verify -- hoisted': ci,
	'npm run verify -- compatibility': ci,
	'npm run verify -- coverage': ci,
	'npm run words': {
		by: 'test',
		file: 'test/repository/words/table.test.ts',
		holds: 'wordsPage()',
	},
	'npm run release': {
		by: 'test',
		file: 'test/repository/verify/rows/release.mjs',
		holds: 'release-it',
	},
	'npm run release -- 0.1.0': {
		by: 'test',
		file: 'test/repository/verify/rows/release.mjs',
		holds: 'release-it',
	},
	'npm audit --omit=dev': {
		by: 'test',
		file: 'test/repository/verify/rows/audit.mjs',
		holds: '--omit=dev',
	},
	// the name of a test, in SECURITY.md
	'npm audit --omit=dev has nothing to audit': {
		by: 'test',
		file: 'test/repository/rules/dependencies.test.ts',
		holds: 'npm audit --omit=dev has nothing to audit',
	},
	// it runs the checks first
	'npm publish': { by: 'test', file: 'package.json', holds: '"prepublishOnly": "npm test"' },
	'npx jest --selectProjects unit -- test/unit/fields/dateAgreed.test.ts': ci,
	'npx jest --selectProjects n8n-2 --forceExit -- test/engine/onError.test.ts': ci,
	curl: here,
	// Unpacking the package into n8n's folder, a whole block at once.
	'npm run build && npm pack': here,
	'target=~/.n8n/nodes/node_modules/n8n-nodes-microsoft-partner-center': here,
	'rm -f *.tgz': here,
	'rm -rf "$target" && mkdir -p "$target"': here,
	'tar -xzf n8n-nodes-microsoft-partner-center-*.tgz --strip-components=1 -C "$target"': here,
	'test -f ~/.n8n/nodes/package.json || echo \'{ "dependencies": {} }\' > ~/.n8n/nodes/package.json':
		here,
};
