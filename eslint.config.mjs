/**
 * What ships is held to n8n's own rules, in the arrangement of its package scanner; the folders of
 * the node may import in one direction only; everything is held to typescript-eslint's strict set.
 */
import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const shipped = ['nodes/**/*.ts', 'credentials/**/*.ts'];

/** node, trigger → resources → n8n → fields, messages → client: nobody imports from a layer above. */
const layer = (folder, above, packages) => ({
	files: [`nodes/MicrosoftPartnerCenter/${folder}/**/*.ts`],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					{
						group: [...above.map((one) => `../**/${one}/**`), '**/*.node'],
						message: `${folder}/ may not import from there`,
					},
					{
						regex: `^(?!\\.)(?!(${packages.join('|')})$)`,
						message: `${folder}/ imports ${[...packages, 'its own files'].join(', ')} only`,
					},
				],
			},
		],
	},
});

/** A module-level constant that is a text, a number, a pattern, or a set of them. */
const PLAIN_VALUE =
	':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind="const"] > ' +
	'VariableDeclarator[id.name=/[a-z]/]:matches(' +
	'[init.type="Literal"], [init.operator=/^[-+*\\/%]+$/], ' +
	'[init.type="TemplateLiteral"][init.expressions.length=0], ' +
	'[init.callee.name="Set"])';

const scanned = (files, configs) => configs.map((config) => ({ ...config, files }));

export default defineConfig(
	{ ignores: ['**/dist/**', '**/node_modules/**', 'coverage/**'] },
	js.configs.recommended,
	tseslint.configs.strict,
	...scanned([...shipped, 'package.json'], [n8nCommunityNodesPlugin.configs.recommended].flat()),
	{ plugins: { 'n8n-nodes-base': n8nNodesBase } },
	{ files: ['package.json'], rules: n8nNodesBase.configs.community.rules },
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			// The scanner switches these two off for community nodes.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			// The scanner switches these three off.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		files: shipped,
		linterOptions: { noInlineConfig: true },
		rules: { 'no-console': 'error', '@typescript-eslint/no-explicit-any': 'error' },
	},
	{
		files: [...shipped, 'dev/!(bench)/**/*.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector: PLAIN_VALUE,
					message: 'A constant of the module that is a plain value is written IN_CAPITALS.',
				},
			],
		},
	},
	layer('client', ['messages', 'fields', 'n8n', 'resources', 'trigger'], ['zod', 'crypto']),
	layer('messages', ['fields', 'n8n', 'resources', 'trigger'], []),
	layer('fields', ['messages', 'n8n', 'resources', 'trigger'], ['n8n-workflow', 'zod', 'crypto']),
	layer('n8n', ['resources', 'trigger'], ['n8n-workflow', 'zod', 'crypto']),
	layer('resources', ['trigger'], ['n8n-workflow', 'zod', 'crypto']),
	layer('trigger', ['resources'], ['n8n-workflow', 'zod', 'crypto']),
	{
		files: ['package.json'],
		languageOptions: { parser: tseslint.parser },
		rules: { '@typescript-eslint/no-unused-expressions': 'off' },
	},
	{
		files: ['test/**/*.test.ts', 'test/{unit,emulator,engine,system/chaos,system/e2e}/**/*.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				...[
					"BinaryExpression[operator='-'][left.callee.property.name='now'][left.callee.object.name=/^(Date|performance)$/]",
					"BinaryExpression[operator='-'][right.callee.property.name='now'][right.callee.object.name=/^(Date|performance)$/]",
				].map((difference) => ({
					// A date some days ago is no measurement.
					selector: `${difference}:not(NewExpression > *)`,
					message:
						'How long something took depends on the machine. Use SimulatedClock, or wait for what shall happen; measurements belong in dev/bench.',
				})),
				{
					selector:
						"CallExpression[callee.property.name=/^(hrtime|timeEnd)$/], CallExpression[callee.object.property.name='hrtime']",
					message: 'How long something took depends on the machine; measure in dev/bench.',
				},
			],
		},
	},
	{
		files: ['**/*.{js,cjs}'],
		languageOptions: {
			sourceType: 'commonjs',
			globals: {
				require: 'readonly',
				module: 'writable',
				process: 'readonly',
				console: 'readonly',
				__dirname: 'readonly',
			},
		},
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
	{
		files: ['**/*.mjs'],
		languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
	},
);
