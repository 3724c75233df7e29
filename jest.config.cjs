/**
 * Kinds of test, each a jest project of its own:
 *   unit      the files of the product one by one, in simulated time; the rules of this repository
 *   contract  the emulator over real HTTP, with a plain axios client and with clients from npm; the
 *             probe against the emulator
 *   browser   what a person sees, in a real Chromium (`test/support/browser/chromium.ts`)
 *   start     `npm start` as a person runs it
 *   n8n-2, n8n-1  the built package in n8n's own engine, one project per n8n major
 *   chaos-…   the same under faults of every kind, drawn from a seed
 *   source    the engine tests on the sources instead of the build, for coverage
 *   host      the engine tests where the package finds another zod, or another n8n-workflow
 *   docs      the documentation: its examples, commands, links, and the operation that it builds
 *   e2e       the packed package in n8n itself, headless and in a browser; see test/system/e2e/run.ts
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
const inBrowser = { ...base, globalSetup: '<rootDir>/test/support/browser/bringChromium.ts' };

const engineModules = {
	'n8n-2': path.join(__dirname, 'node_modules'),
	'n8n-1': path.join(__dirname, 'dev/hosts/engines/n8n-1/node_modules'),
};

const engineProject = (displayName, folder, engine) => ({
	...base,
	displayName,
	testMatch: [`<rootDir>/test/${folder}/**/*.test.ts`],
	// n8n 1.x has no nodes for the workflows there.
	testPathIgnorePatterns: ['/node_modules/', ...(engine === 'n8n-1' ? ['/engine/ofN8n2/'] : [])],
	globals: { ENGINE: engine, ENGINE_MODULES: engineModules[engine] },
	moduleNameMapper: {
		'^(n8n-core|n8n-workflow|zod|reflect-metadata)$': `${engineModules[engine]}/$1`,
	},
});

const engineOfHost = engineProject(
	'host',
	'{engine,system/compatibility}',
	process.env.HOST_ENGINE ?? 'n8n-2',
);
/** Packages that come as ES modules only, which jest can't load as they are. */
const withModules = (project, names) => ({
	...project,
	transform: {
		...transform,
		[`/node_modules/(${names})/.+\\.js$`]: [
			'ts-jest',
			{ diagnostics: false, tsconfig: { allowJs: true, module: 'CommonJS', target: 'ES2022' } },
		],
	},
	transformIgnorePatterns: [`/node_modules/(?!(${names})/)`],
});
const docsProject = withModules(
	engineProject('docs', 'repository/docs', 'n8n-2'),
	'github-slugger',
);
const contractProject = withModules(
	{
		...base,
		displayName: 'contract',
		testMatch: ['<rootDir>/test/emulator/{contract,clients,probe}/**/*.test.ts'],
	},
	'openid-client|oauth4webapi|jose',
);

module.exports = {
	projects: [
		{
			...base,
			displayName: 'unit',
			testMatch: [
				'<rootDir>/test/unit/**/*.test.ts',
				'<rootDir>/test/repository/{rules,words}/**/*.test.ts',
			],
		},
		contractProject,
		{
			...inBrowser,
			displayName: 'browser',
			testMatch: ['<rootDir>/test/emulator/browser/**/*.test.ts'],
		},
		{ ...base, displayName: 'start', testMatch: ['<rootDir>/test/system/start/**/*.test.ts'] },
		engineProject('n8n-2', 'engine', 'n8n-2'),
		engineProject('n8n-1', 'engine', 'n8n-1'),
		engineProject('chaos-n8n-2', 'system/chaos', 'n8n-2'),
		engineProject('chaos-n8n-1', 'system/chaos', 'n8n-1'),
		{
			...engineProject('source', 'engine', 'n8n-2'),
			moduleNameMapper: {
				'^(?!.*/engines/).*/dist/((?:nodes|credentials)/.*)\\.js$': '<rootDir>/$1.ts',
			},
		},
		{
			...engineOfHost,
			moduleNameMapper: {},
			resolver: path.join(__dirname, 'test/system/compatibility/hostResolver.cjs'),
		},
		docsProject,
		{ ...inBrowser, displayName: 'e2e', testMatch: ['<rootDir>/test/system/e2e/**/*.test.ts'] },
	],
};
