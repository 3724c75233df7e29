/**
 * What Microsoft Entra's AADSTS codes mean here, and what to do.
 *
 * Codes: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */

import type { Explanation } from './words';

interface SignInExplanation extends Explanation {
	/** For an app that signs in alone: no user is there to reconnect the credential. */
	appAdvice?: string;
}

const RECONNECT = 'Open the credential and reconnect it.';
const RECONNECT_WITH_MFA =
	'Open the credential and reconnect it, completing multi-factor authentication while signing in.';

const MFA_REQUIRED: SignInExplanation = {
	message: 'Microsoft Entra requires multi-factor authentication for this sign-in',
	advice: RECONNECT_WITH_MFA,
};
const EXPIRED: SignInExplanation = {
	message: 'The sign-in has expired',
	advice: `${RECONNECT_WITH_MFA} Microsoft lets a sign-in lapse after 90 days without use: a workflow that runs at least monthly keeps it alive.`,
};
const SECRET_REFUSED: SignInExplanation = {
	message: 'Microsoft Entra refused the client secret',
	advice:
		"Enter a valid client secret in the credential (the secret's value, not its ID), then reconnect it.",
	appAdvice:
		"Enter a valid client secret in the credential (the secret's value, not its ID), and save it.",
};
const FOREIGN_USER: SignInExplanation = {
	message: "The user who connected the credential does not belong to the partner's tenant",
	advice: `${RECONNECT} Sign in as a user of the tenant that is named there, not as a guest.`,
};
const POLICY: SignInExplanation = {
	message: 'A Conditional Access policy stopped the sign-in',
	advice: 'Ask the tenant administrator to let this app and user pass the policy.',
	appAdvice: 'Ask the tenant administrator to let this app pass the policy.',
};
const APP_DISABLED =
	"Have an administrator enable it in the Microsoft Entra admin center, under 'Enterprise applications'. Reconnecting does not help.";
const NO_PARTNER_CENTER =
	"Check 'Tenant' in the credential. If it is the partner's own, have an administrator create the service principal of Microsoft Partner Center (fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd) in it. Reconnecting does not help.";
const NO_SECRET =
	"Enter 'Client Secret' in the credential (the secret's value, not its ID), and save it. The sign-in itself is still good.";
const WRONG_TENANT: SignInExplanation = {
	message: 'Microsoft Entra does not know this tenant or app',
	advice:
		"Check 'Tenant' and 'Client ID' in the credential: the partner's own tenant, and the app that is registered there.",
};

const BY_CODE: Readonly<Record<string, SignInExplanation>> = {
	AADSTS50076: MFA_REQUIRED,
	AADSTS50079: MFA_REQUIRED,
	AADSTS50173: {
		message: 'The sign-in was revoked, e.g. because the password was reset',
		advice: RECONNECT_WITH_MFA,
	},
	AADSTS65001: {
		message: 'The app has no consent for Partner Center',
		advice:
			"Have an administrator grant the app the delegated permission 'user_impersonation' of Microsoft Partner Center, then reconnect the credential.",
	},
	AADSTS70008: EXPIRED,
	AADSTS700082: EXPIRED,
	AADSTS700007: {
		message: 'The sign-in belongs to another app',
		advice: `${RECONNECT} A sign-in made for one client ID can't be used with another.`,
	},
	AADSTS7000215: SECRET_REFUSED,
	AADSTS7000222: {
		message: 'The client secret has expired',
		advice:
			'Create a new client secret for the app in Microsoft Entra, enter its value in the credential, then reconnect it.',
		appAdvice:
			'Create a new client secret for the app in Microsoft Entra, enter its value in the credential, and save it.',
	},
	AADSTS700025: {
		message: 'The app is registered as a public client, which takes no client secret',
		advice: "Register n8n's callback URL in the app under the platform 'Web'.",
	},
	AADSTS50020: FOREIGN_USER,
	AADSTS50177: FOREIGN_USER,
	AADSTS50057: {
		message: 'The user who connected the credential is disabled',
		advice:
			'Have an administrator enable the user, or open the credential and reconnect it as another user.',
	},
	AADSTS50105: {
		message: 'The user who connected the credential is not assigned to the app',
		advice:
			"Have an administrator assign the user in the Microsoft Entra admin center, under 'Enterprise applications'. Reconnecting does not help.",
	},
	AADSTS53000: POLICY,
	AADSTS53001: POLICY,
	AADSTS53003: POLICY,
	AADSTS530003: POLICY,
	AADSTS500011: {
		message: 'The tenant has no service principal of Microsoft Partner Center',
		advice: NO_PARTNER_CENTER,
		appAdvice: NO_PARTNER_CENTER,
	},
	AADSTS7000112: {
		message: 'The app is disabled in Microsoft Entra',
		advice: APP_DISABLED,
		appAdvice: APP_DISABLED,
	},
	AADSTS7000218: {
		message: 'Microsoft Entra got no client secret',
		advice: NO_SECRET,
		appAdvice: NO_SECRET,
	},
	AADSTS90002: WRONG_TENANT,
	AADSTS90013: WRONG_TENANT,
	AADSTS900023: WRONG_TENANT,
	AADSTS700016: WRONG_TENANT,
};

const NOT_RENEWED: SignInExplanation = {
	message: 'The sign-in to Microsoft could not be renewed',
	advice: RECONNECT_WITH_MFA,
};

/**
 * Newer n8n 2.x puts a sentence of its own in the place of every `invalid_grant` of Microsoft Entra
 * (n8n#30460), so the AADSTS code that would tell whether reconnecting helps is lost.
 */
const isReasonHidden = (reason: string) =>
	/^The credential .+ needs to be reconnected\./.test(reason);
const SIGN_IN_LOGS =
	"This version of n8n does not pass on why. Look into Microsoft Entra's sign-in logs, which name the reason:";
const REASON_HIDDEN = `${SIGN_IN_LOGS} under the user's non-interactive sign-ins. If the sign-in has lapsed or was revoked, or needs multi-factor authentication: open the credential and reconnect it, completing multi-factor authentication. If a Conditional Access policy stopped it, a consent is missing, or the user is disabled or a guest, have the administrator put that right first.`;
const whyForApp = (reason: string) =>
	isReasonHidden(reason)
		? ` ${SIGN_IN_LOGS} under the service principal's sign-ins. It may be a Conditional Access policy.`
		: '';

/**
 * @param reason what the token endpoint or n8n said
 * @param appOnly whether the app signs in alone
 * @returns what happened and the next step, with the AADSTS code where there is one
 */
export function explainSignIn(reason: string, appOnly = false): Explanation {
	const code = /AADSTS\d+/.exec(reason)?.[0];
	const known = code === undefined ? undefined : BY_CODE[code];
	const said = code === undefined ? '' : ` Microsoft's code: ${code}.`;
	if (appOnly) return adviceForApp(known, code === undefined ? whyForApp(reason) : said);
	if (known !== undefined) return { message: known.message, advice: known.advice + said };
	if (isReasonHidden(reason)) return { message: NOT_RENEWED.message, advice: REASON_HIDDEN };
	if (/not connected/i.test(reason)) {
		return {
			message: 'The credential is not connected',
			advice: "Open the credential, select 'Connect my account' and sign in.",
		};
	}
	return { message: NOT_RENEWED.message, advice: NOT_RENEWED.advice + said };
}

const CHECK_APP =
	"Check 'Tenant', 'Client ID' and 'Client Secret' in the credential, and that the app may use Microsoft Partner Center.";

function adviceForApp(known: SignInExplanation | undefined, said: string): Explanation {
	if (known === WRONG_TENANT) return { message: known.message, advice: known.advice + said };
	if (known?.appAdvice === undefined) {
		return { message: 'Microsoft Entra gave the app no token', advice: CHECK_APP + said };
	}
	return { message: known.message, advice: known.appAdvice + said };
}
