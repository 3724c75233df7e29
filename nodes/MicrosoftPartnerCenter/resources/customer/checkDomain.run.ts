/** What Customer → Check Domain does with an item. */
import { runOf } from '../runs';
import { form } from './checkDomain';

export const start = runOf(form, async ({ domain }, call, { client }) => {
	const isTaken = await client.domains.isTaken(domain, call);
	return [{ json: { domain, isAvailable: !isTaken } }];
});
