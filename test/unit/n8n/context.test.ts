/** Whether the work can be cancelled, in each of the places that n8n calls a node from. */
import { cancelSignalOf } from '../../../nodes/MicrosoftPartnerCenter/n8n/context';
import { executionContext, formContext } from '../../support/n8nContext';

it('an execution is cancelled with its own signal', () => {
	const { signal } = new AbortController();
	const context = executionContext({ getExecutionCancelSignal: () => signal });
	expect(cancelSignalOf(context)).toBe(signal);
});

it('an execution that n8n gives no signal can not be cancelled', () => {
	const context = executionContext({ getExecutionCancelSignal: () => undefined });
	expect(cancelSignalOf(context)).toBeUndefined();
});

it('a list in the form can not be cancelled', () => {
	expect(cancelSignalOf(formContext())).toBeUndefined();
});
