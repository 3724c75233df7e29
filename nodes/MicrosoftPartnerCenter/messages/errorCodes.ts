/**
 * What Partner Center's codes and statuses mean to a person, and what to do. The one place where they
 * are turned into words.
 *
 * Codes and their meaning: https://learn.microsoft.com/partner-center/developer/error-codes
 */
import { isAlreadyConfirmed, type CallContext, type ErrorFacts } from '../client/errors';
import type { Explanation } from './words';

const MFA: Explanation = {
	message: 'Partner Center requires a sign-in with multi-factor authentication',
	advice:
		'Open the credential and reconnect it, completing multi-factor authentication while signing in. A token from a sign-in without it stays without it, also after it is refreshed.',
};
const UNKNOWN_CUSTOMER: Explanation = {
	message: 'Partner Center does not know this customer',
	advice:
		"Check 'Customer': it takes the customer's Microsoft ID (tenant ID) of a customer of the partner tenant in the credential.",
};
const NOT_FOUND: Explanation = {
	message: 'Partner Center did not find what was asked for',
	advice: "Check that the tenant in the credential is enrolled in Microsoft's CSP program.",
};
const NO_SUCH_CALL: Explanation = {
	message: 'Partner Center does not know this call',
	advice:
		"Compare 'API Version' with Microsoft's page on the enhanced attestation, and check that the tenant in the credential is enrolled in Microsoft's CSP program.",
};
const SAME_CONTACT: Explanation = {
	message: 'A confirmation with the same contact exists already',
	advice:
		'Partner Center takes another one only with another first name, last name, e-mail address or phone number.',
};
const NO_RELATIONSHIP: Explanation = {
	message: 'There is no reseller relationship with this customer',
	advice:
		"Send the customer the link of 'Relationship → Get Link', and run this item again once it is accepted.",
	pollAdvice: "Send the customer the link of 'Relationship → Get Link', and have it accepted.",
};
const NOT_ALLOWED: Explanation = {
	message: 'Partner Center does not let this user do that',
	advice:
		'Connect the credential as a user with the Admin agent or Sales agent role in Partner Center.',
};
/** For a 403 without a code. An indirect reseller gets it for calls that only its provider may make. */
const NOT_ALLOWED_UNEXPLAINED: Explanation = {
	message: NOT_ALLOWED.message,
	advice: `${NOT_ALLOWED.advice} An indirect reseller gets this answer too: such calls are its provider's.`,
};
const INVALID_VALUE: Explanation = {
	message: 'Partner Center did not accept a value',
	advice: "Compare the item's fields with Microsoft's answer below.",
	// The only value of a poll that can be refused is a start day out of range, which comes from the clock.
	pollAdvice: "Check that n8n's clock is right.",
	listAdvice: "Compare the search text with Microsoft's answer below.",
};

const TOKEN_REFUSED: Explanation = {
	message: 'Partner Center refused the token, also after it was renewed',
	advice:
		'Open the credential and reconnect it: as a user of the partner tenant that is named there, with multi-factor authentication.',
};
const WRONG_AUDIENCE: Explanation = {
	message: "The token was made for Microsoft's retired directory API, not for Partner Center",
	advice:
		'Open the credential and reconnect it. It asks for the scope https://api.partnercenter.microsoft.com/user_impersonation by itself.',
};

const REGISTER_APP =
	"Check that the app of 'Client ID' in the credential belongs to the tenant that is named there, and is registered in Partner Center under 'Account settings → App management'.";

const APP_NOT_ALLOWED: Explanation = {
	message: 'Partner Center does not let this app do that',
	advice: REGISTER_APP,
};

/** For an app that signs in alone: no user is there to reconnect the credential. */
const FOR_AN_APP: ReadonlyMap<Explanation, Explanation> = new Map([
	[TOKEN_REFUSED, { message: TOKEN_REFUSED.message, advice: REGISTER_APP }],
	[MFA, { message: TOKEN_REFUSED.message, advice: REGISTER_APP }],
	[NOT_ALLOWED, APP_NOT_ALLOWED],
	[NOT_ALLOWED_UNEXPLAINED, APP_NOT_ALLOWED],
	[
		WRONG_AUDIENCE,
		{
			message: WRONG_AUDIENCE.message,
			advice:
				'Save the credential anew. It asks for the scope https://api.partnercenter.microsoft.com/.default by itself.',
		},
	],
]);

/** By Microsoft's code. */
const BY_CODE: Readonly<Record<string, Explanation>> = {
	'10001': MFA,
	'900421': MFA,
	'900420': WRONG_AUDIENCE,
	'900329': {
		message: 'Partner Center takes no App-only token for this call',
		advice: 'Use a credential that a user has connected (App+User).',
	},
	'20002': NO_RELATIONSHIP,
	'2032': NO_RELATIONSHIP,
	'1000': UNKNOWN_CUSTOMER,
	'60003': UNKNOWN_CUSTOMER,
	'900118': UNKNOWN_CUSTOMER,
	'1002': NOT_ALLOWED,
	'900150': NOT_ALLOWED,
	'900308': NOT_ALLOWED,
	'900309': {
		message: 'A Conditional Access policy of the partner tenant stopped the request',
		advice: 'Ask the tenant administrator to let this app and user pass the policy.',
	},
	'3000': INVALID_VALUE,
	'800002': INVALID_VALUE,
	'600061': {
		message: 'Partner Center answered that the agreement was confirmed already',
		advice: 'That is unexpected for this operation. Quote the IDs below to Microsoft support.',
	},
};

export function explainCode(code = ''): Explanation | undefined {
	return Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
}

/** How Partner Center refused a sign-in without MFA before it had codes: by these words, or in WWW-Authenticate. */
const OLD_MFA = /MFA required|error="?invalid_token/i;

function explainHttpStatus(facts: ErrorFacts): Explanation {
	const { status, text = '', details = '' } = facts;
	if (status === 401) {
		if (OLD_MFA.test(`${text} ${details}`)) return MFA;
		return TOKEN_REFUSED;
	}
	if (status === 403) return NOT_ALLOWED_UNEXPLAINED;
	if (status === 404) return UNKNOWN_CUSTOMER;
	if (status === 429) {
		return {
			message: "Partner Center's rate limit is exceeded",
			advice: "Run this item again after a minute, or lower 'Max Concurrency'.",
			pollAdvice: 'Poll less often.',
			listAdvice: 'Search again in a minute.',
		};
	}
	if (status >= 500 || status === 408) {
		return {
			message: 'Partner Center could not process the request',
			advice: 'Run this item again in a few minutes.',
			pollAdvice: 'Try again in a few minutes.',
		};
	}
	if (status === 400) return INVALID_VALUE;
	return {
		message: `Partner Center refused the request with HTTP status ${status}`,
		advice:
			'Run this item again. If it stays so, quote the answer below to Microsoft support, with its IDs.',
		pollAdvice: 'If it stays so, quote the answer below to Microsoft support, with its IDs.',
	};
}

/** @returns what a refusal means, by its code or else by its status */
export function explainRefusal(
	facts: ErrorFacts,
	{ ofCustomer, appOnly, creates }: CallContext,
): Explanation {
	const explained = explainCode(facts.code) ?? explainHttpStatus(facts);
	if (creates === 'attestation') {
		if (isAlreadyConfirmed(facts)) return SAME_CONTACT;
		if (explained === UNKNOWN_CUSTOMER) return NO_SUCH_CALL;
	}
	if (explained === UNKNOWN_CUSTOMER && !ofCustomer) return NOT_FOUND;
	return (appOnly ? FOR_AN_APP.get(explained) : undefined) ?? explained;
}
