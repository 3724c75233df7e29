/** The call that an error tells of, of which a test cares for a part. */
import type { CallContext } from '../../nodes/MicrosoftPartnerCenter/client/errors';

/** @param parts what the test is about; without any, a first try that Partner Center answered */
export const callContext = (parts: Partial<CallContext> = {}): CallContext => ({
	ids: { requestId: 'request', correlationId: 'correlation' },
	inDoubt: false,
	creates: 'confirmation',
	appOnly: false,
	retries: 0,
	ofCustomer: false,
	...parts,
});
