/** One correlation ID ties the calls of an execution together, unless the item names its own. */
import { callOptionsOfOneExecution } from '../../../nodes/MicrosoftPartnerCenter/resources/oneOutput';

const values = { timeout: 1_000, maxRetries: 3, correlationId: undefined };
const OWN = 'ab993325-1605-4cf4-bac4-fb584142a31b';

it('is the same for all items of an execution, and another one for the next', () => {
	const [first, second] = [callOptionsOfOneExecution(), callOptionsOfOneExecution()];
	const { correlationId, ...limits } = first(values);
	expect(limits).toEqual({ timeout: 1_000, maxRetries: 3 });
	expect(first(values).correlationId).toBe(correlationId);
	expect(second(values).correlationId).not.toBe(correlationId);
});

it('is the item’s own where it has one', () => {
	expect(callOptionsOfOneExecution()({ ...values, correlationId: OWN }).correlationId).toBe(OWN);
});
