/** The form asks for the credential by resource, so operations that share one can't differ in it. */
import { resources } from '../../../nodes/MicrosoftPartnerCenter/resources';

it.each(resources.map(({ option, operations }) => ({ name: option.name, operations })))(
	'all operations of $name take the same credential',
	({ operations }) => {
		const taken = new Set(operations.map(({ signIn }) => signIn));
		expect([...taken]).toHaveLength(1);
	},
);
