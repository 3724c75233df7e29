/** Why a customer needs action, in a sentence or two. */
import type { StatusReason } from '../client/agreementStatus';

export function explainStatus(reason: StatusReason): string {
	if (reason.is === 'notReadable') {
		return "There is no active reseller relationship, so the customer's agreements can't be read.";
	}
	const unread = reason.isDirectUnknown
		? " There is no active reseller relationship, so whether the customer signed directly can't be read."
		: '';
	if (reason.is === 'neverConfirmed') return `The agreement was never confirmed.${unread}`;
	return `The last acceptance is from before ${reason.expiredBefore} and counts as expired.${unread}`;
}
