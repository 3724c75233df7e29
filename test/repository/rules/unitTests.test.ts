/**
 * Every file of the product has a unit test that imports it, or, an operation, an engine test that
 * lies where it lies (`resources/customer/get.ts` and `get.run.ts`:
 * `test/engine/operations/customer/get.test.ts`); the others have a line here that says why not.
 */
import { importsOf, reachableFrom, sourcesIn } from './imports';

/** By the path below `nodes/MicrosoftPartnerCenter/`, or from the root: what runs the file instead. */
const WITHOUT: Readonly<Record<string, string>> = {
	'MicrosoftPartnerCenter.node.ts':
		'its description and its outputs: test/engine/description.test.ts',
	'MicrosoftPartnerCenterTrigger.node.ts': 'polls as n8n calls them: test/engine/trigger.test.ts',
	'client/Addresses.ts':
		'by way of PartnerCenterClient, which has it: test/unit/client/Addresses.test.ts',
	'client/Documents.ts':
		'by way of PartnerCenterClient, which has it: test/unit/client/Documents.test.ts',
	'client/Domains.ts':
		'by way of PartnerCenterClient, which has it: test/unit/client/Domains.test.ts',
	'client/Relationships.ts':
		'by way of PartnerCenterClient, which has it: test/unit/client/Relationships.test.ts',
	'resources/attestation/create.fields.ts': 'test/engine/operations/attestation/create.test.ts',
	'resources/customerAgreement/confirm.fields.ts': 'test/engine/badInput.test.ts',
	'resources/customerAgreementTemplates.ts':
		'test/engine/operations/customerAgreement/confirm.test.ts',
	'trigger/auditNames.ts': 'names only; what the form makes of them: test/engine/trigger.test.ts',
	'credentials/MicrosoftPartnerCenterAppOnlyOAuth2Api.credentials.ts':
		'n8n resolves it: test/engine/appOnly.test.ts',
	'credentials/MicrosoftPartnerCenterOAuth2Api.credentials.ts':
		'n8n resolves it: test/engine/credential.test.ts',
	'credentials/connectionFields.ts': 'a part of both credentials: test/engine/credential.test.ts',
};

const FOLDER = 'nodes/MicrosoftPartnerCenter/';
const nameOf = (file: string) => (file.startsWith(FOLDER) ? file.slice(FOLDER.length) : file);

const files = ['nodes', 'credentials'].flatMap(sourcesIn);
const tests = sourcesIn('test/unit').filter((file) => file.endsWith('.test.ts'));
/** Tests import some files by way of what they share. */
const imported = new Set(
	[...reachableFrom(tests, (file) => (file.startsWith('test/') ? importsOf(file) : []))].map(
		nameOf,
	),
);

/** Operations run in n8n's engine. */
const engineTests = new Set(sourcesIn('test/engine/operations'));
const isTested = (file: string) =>
	imported.has(file) ||
	engineTests.has(
		file.replace(/^resources\/(.+?)(?:\.run)?\.ts$/, 'test/engine/operations/$1.test.ts'),
	);

it('every file of the product is imported by a unit test, or is listed here', () => {
	expect(files.length).toBeGreaterThan(60);
	expect(
		files.map(nameOf).filter((file) => !isTested(file) && WITHOUT[file] === undefined),
	).toEqual([]);
});

it('nothing is listed that has a unit test, or does not exist', () => {
	const needed = files.map(nameOf).filter((file) => !isTested(file));
	expect(Object.keys(WITHOUT).filter((file) => !needed.includes(file))).toEqual([]);
});

it('every test that is named there exists', () => {
	const named = Object.values(WITHOUT).flatMap((reason) => reason.match(/test\/\S+\.ts/g) ?? []);
	expect(named.filter((file) => !sourcesIn('test').includes(file))).toEqual([]);
});
