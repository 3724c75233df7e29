/** Why a customer needs action, and why it may not order, in a sentence or two. */
import type { OrderStatus, StatusReason } from '../client/agreementStatus';
import { inOneLine } from '../client/oneLine';

export function explainStatusReason(reason: StatusReason): string {
	if (reason.is === 'notReadable') {
		return "There is no active reseller relationship, so the customer's agreements can't be read.";
	}
	const unread = reason.isDirectUnknown
		? " There is no active reseller relationship, so whether the customer signed directly can't be read."
		: '';
	if (reason.is === 'neverConfirmed') return `The agreement was never confirmed.${unread}`;
	return `The last acceptance is from before ${reason.expiredBefore} and counts as expired.${unread}`;
}

/** By Microsoft's name for the status of an account, in lower case. */
const VERIFICATIONS: Readonly<Record<string, string>> = {
	underreview:
		"Microsoft is reviewing the customer's account, and blocks new purchases until that is done.",
	notallowed: "Microsoft's review did not allow new purchases for the customer's account.",
	unknown: "The customer's account has the status Unknown, which blocks new purchases.",
};

/**
 * @param reason why the customer needs action; null where it does not
 * @param accountVerification the status of the account; null where it has none, undefined where it was
 *   not read
 * @returns why the customer may not order, or why that is not known; null where it may
 */
export function explainOrderStatus(
	{ mayOrder, blockedBy }: OrderStatus,
	reason: StatusReason | null,
	accountVerification: string | null | undefined,
): string | null {
	if (mayOrder === true) return null;
	if (blockedBy === 'relationship') {
		return 'There is no active reseller relationship with this customer.';
	}
	if (blockedBy === 'agreement') return reason === null ? null : explainStatusReason(reason);
	if (accountVerification === undefined) {
		return "The account's verification was not read. Turn on 'Include Account Verification'.";
	}
	const status = accountVerification ?? '';
	return (
		VERIFICATIONS[status.toLowerCase()] ??
		`The customer's account has the status "${inOneLine(status, 40)}"; whether that blocks new purchases is not known.`
	);
}
