/** What Microsoft Entra's codes mean; the words of every one are in explain.test.ts. */
import { explainSignIn } from '../../../nodes/MicrosoftPartnerCenter/messages/signIn';

describe('what Microsoft Entra says', () => {
	it.each([
		['AADSTS50076: Due to a configuration change …', /requires multi-factor/, /reconnect/],
		['AADSTS50079: …', /requires multi-factor/, /reconnect/],
		['AADSTS50173: …', /revoked/, /reconnect/],
		['AADSTS65001: …', /no consent/, /user_impersonation/],
		['AADSTS70008: …', /expired/, /90 days/],
		['AADSTS700082: …', /expired/, /90 days/],
		['AADSTS700007: …', /another app/, /reconnect/],
		['AADSTS7000215: …', /client secret/, /value, not its ID/],
		['AADSTS7000222: …', /secret has expired/, /new client secret/],
		['AADSTS700025: …', /public client/, /Web/],
		['AADSTS50020: …', /does not belong/, /guest/],
		['AADSTS50177: …', /does not belong/, /guest/],
		['AADSTS53003: …', /Conditional Access/, /administrator/],
		['AADSTS90002: …', /does not know this tenant/, /'Tenant'/],
		['AADSTS99999999: …', /could not be renewed/, /AADSTS99999999/],
		['invalid_grant', /could not be renewed/, /reconnect/],
		['OAuth credentials not connected', /not connected/, /Connect my account/],
	])('%s is explained with its fix', (reason, message, advice) => {
		const explained = explainSignIn(reason);
		expect(explained.message).toMatch(message);
		expect(explained.advice).toMatch(advice);
	});
});

it('an app that signs in alone is told of nothing that only a person can do', () => {
	for (const reason of ['AADSTS7000215: …', 'AADSTS53003: …', 'AADSTS99999999', 'invalid_grant']) {
		expect(explainSignIn(reason, true).advice).not.toMatch(/reconnect it|Connect my account/);
	}
});
