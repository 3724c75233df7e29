/** What Customer → Check Domain does with an item. */
import { runOf } from '../oneOutput';
import { form } from './checkDomain';

export const start = runOf(form, async ({ domain }, call, { client }) => {
	const isTaken = await client.domains.isTaken(domain, call);
	return [{ json: { domain, isAvailable: !isTaken } }];
});
