/** What n8n's helpers throw, on one version or another, and what it is read as. */
import { reasonOf, transportCodeOf } from '../../../nodes/MicrosoftPartnerCenter/n8n/helperErrors';

it.each([
	[{ code: 'ECONNRESET' }, 'ECONNRESET'],
	[{ cause: { code: 'ETIMEDOUT' } }, 'ETIMEDOUT'],
	[{ httpCode: 'ENOTFOUND' }, 'ENOTFOUND'],
	[{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
	[{ httpCode: '404', cause: { code: 'EPIPE' } }, 'EPIPE'],
	[{ httpCode: '404' }, undefined],
	[{ code: 404 }, undefined],
	[{ code: 'EAUTH' }, undefined],
	[new Error('socket hang up'), undefined],
	['ECONNRESET', undefined],
])('the code of %p is %p', (error, code) => {
	expect(transportCodeOf(error)).toBe(code);
});

it.each([
	[{ message: 'refused' }, 'refused'],
	[{ message: 'refused', description: 'by the proxy' }, 'refused by the proxy'],
	[{ message: 'refused', description: 'refused' }, 'refused'],
	[
		{ body: { error: 'invalid_grant', error_description: 'AADSTS50173' }, message: 'Bad Request' },
		'AADSTS50173 invalid_grant Bad Request',
	],
	[{ message: '', body: {} }, 'no reason given'],
	[{ message: 5 }, 'no reason given'],
	['a text', 'no reason given'],
])('the reason in %p is "%s"', (error, reason) => {
	expect(reasonOf(error)).toBe(reason);
});
