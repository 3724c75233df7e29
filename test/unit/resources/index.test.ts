/** The form asks for the credential by resource, so operations that share one can't differ in it. */
import { resources } from '../../../nodes/MicrosoftPartnerCenter/resources';

it.each(resources.map(({ option, operations }) => ({ name: option.name, operations })))(
	'all operations of $name take the same credential',
	({ operations }) => {
		const taken = new Set(operations.map(({ signIn }) => signIn));
		expect([...taken]).toHaveLength(1);
	},
);

it('a new node has the operation that saved workflows leave out', () => {
	const defaults = resources.map(({ option, defaultOperation }) => [
		option.value,
		defaultOperation,
	]);
	expect(Object.fromEntries(defaults)).toEqual({
		agreementTemplate: 'downloadDocument',
		attestation: 'create',
		customer: 'get',
		customerAgreement: 'confirm',
		indirectReseller: 'getAll',
		relationship: 'getLink',
	});
	for (const { operations, defaultOperation } of resources) {
		expect(operations.map(({ option }) => option.value)).toContain(defaultOperation);
	}
});
