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
	| { by: 'here' };

const ci: Proof = { by: 'ci' };
const here: Proof = { by: 'here' };
const start = (holds: string): Proof => ({ by: 'test', file: 'test/start/start.test.ts', holds });

export const commandTable: Readonly<Record<string, Proof>> = {
	// of the page that is followed by addAnOperation.test.ts
	'npx jest --selectProjects n8n-2 --forceExit -- test/engine/getBudget.test.ts': {
		by: 'test',
		file: 'test/docs/addAnOperation.test.ts',
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
		file: 'test/start/workflows.test.ts',
		holds: "'--workflow'",
	},
	'npm run emulator': here,
	'npm run emulator -- --help': here,
	'npm run emulator -- --host 0.0.0.0': here,
	'npm run emulator -- --rate-limit 100': here,
	'npm run editor': { by: 'test', file: 'test/e2e/editorCommand.ts', holds: 'editor/start.ts' },
	'npm run editor -- --help': here,
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
	'npm run test:chaos': ci,
	'npm run test:chaos:short': ci,
	'npm run test:scale': ci,
	'npm run test:e2e': ci,
	'npm run test:queue': ci,
	'npm run verify': ci,
	'npm run words': ci,
	'npm run release': { by: 'test', file: 'test/verify/rows/release.mjs', holds: 'release-it' },
	// it runs the checks first
	'npm publish': { by: 'test', file: 'package.json', holds: '"prepublishOnly": "npm test"' },
	'npx jest --selectProjects unit -- test/unit/dateAgreed.test.ts': ci,
	'npx jest --selectProjects n8n-2 --forceExit -- test/engine/onError.test.ts': ci,
	curl: here,
	// Unpacking the package into n8n's folder, a whole block at once.
	'npm run build && npm pack': here,
	'target=~/.n8n/nodes/node_modules/n8n-nodes-microsoft-partner-center': here,
	'mkdir -p "$target"': here,
	'tar -xzf n8n-nodes-microsoft-partner-center-*.tgz --strip-components=1 -C "$target"': here,
	'test -f ~/.n8n/nodes/package.json || echo \'{ "dependencies": {} }\' > ~/.n8n/nodes/package.json':
		here,
};
