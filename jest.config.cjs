/**
 * Kinds of test, each a jest project of its own:
 *   unit      the client and the parameter rules, with a `send` made by the test, in simulated time
 *   contract  the emulator over real HTTP, with a plain axios client
 *   browser   what a person sees, in a real Chromium (`test/browser/chromium.ts`)
 *   start     `npm start` as a person runs it
 *   n8n-2, n8n-1  the built package in n8n's own engine, one project per n8n major
 *   chaos-…   the same under faults of every kind, drawn from a seed
 *   source    the engine tests on the sources instead of the build, for coverage
 *   host      the engine tests where the package finds another zod, or another n8n-workflow
 *   docs      the documentation: its examples, commands, links, and the operation that it builds
 *   e2e       the packed package in n8n itself, headless and in a browser; see test/e2e/run.ts
 */
const path = require('node:path');

const transform = {
	'^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json' }],
};
const base = {
	rootDir: __dirname,
	testEnvironment: 'node',
	transform,
	setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'],
};

/** Projects that open pages: jest first sees to it that there is a browser. */
const inBrowser = { ...base, globalSetup: '<rootDir>/test/browser/bringChromium.ts' };

const engineModules = {
	'n8n-2': path.join(__dirname, 'node_modules'),
	'n8n-1': path.join(__dirname, 'test/engines/n8n-1/node_modules'),
};

const engineProject = (displayName, folder, engine) => ({
	...base,
	displayName,
	testMatch: [`<rootDir>/test/${folder}/**/*.test.ts`],
	globals: { ENGINE: engine, ENGINE_MODULES: engineModules[engine] },
	moduleNameMapper: {
		'^(n8n-core|n8n-workflow|zod|reflect-metadata)$': `${engineModules[engine]}/$1`,
	},
});

const engineOfHost = engineProject(
	'host',
	'{engine,compatibility}',
	process.env.HOST_ENGINE ?? 'n8n-2',
);
/** What reads Markdown comes as ES modules only. */
const docsProject = {
	...engineProject('docs', 'docs', 'n8n-2'),
	transform: {
		...transform,
		'github-slugger/.+\\.js$': ['ts-jest', { tsconfig: { allowJs: true, module: 'CommonJS' } }],
	},
	transformIgnorePatterns: ['/node_modules/(?!github-slugger/)'],
};

module.exports = {
	projects: [
		{ ...base, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] },
		{ ...base, displayName: 'contract', testMatch: ['<rootDir>/test/contract/**/*.test.ts'] },
		{ ...inBrowser, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'] },
		{ ...base, displayName: 'start', testMatch: ['<rootDir>/test/start/**/*.test.ts'] },
		engineProject('n8n-2', 'engine', 'n8n-2'),
		engineProject('n8n-1', 'engine', 'n8n-1'),
		engineProject('chaos-n8n-2', 'chaos', 'n8n-2'),
		engineProject('chaos-n8n-1', 'chaos', 'n8n-1'),
		{
			...engineProject('source', 'engine', 'n8n-2'),
			moduleNameMapper: { '^.*/dist/((?:nodes|credentials)/.*)\\.js$': '<rootDir>/$1.ts' },
		},
		{
			...engineOfHost,
			moduleNameMapper: {},
			resolver: path.join(__dirname, 'test/compatibility/hostResolver.cjs'),
		},
		docsProject,
		{ ...inBrowser, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
	],
};
