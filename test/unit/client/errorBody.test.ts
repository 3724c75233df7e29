/** What a refusal's body says, in whatever envelope it comes. */
import fc from 'fast-check';

import {
	excerptOf,
	readErrorBody,
	refusalIn,
} from '../../../nodes/MicrosoftPartnerCenter/client/errorBody';
import { OversizedBody } from '../../../nodes/MicrosoftPartnerCenter/client/json';

describe('the envelope', () => {
	it.each<[string, object, object]>([
		['Partner Center’s', { code: 600061, message: 'Exists.' }, { code: 600061, text: 'Exists.' }],
		[
			'its older one',
			{ code: '2000', description: 'Bad.', data: ['email'] },
			{ code: '2000', text: 'Bad.', details: ['email'] },
		],
		[
			'OData 4’s',
			{ error: { code: 'x', message: 'No.', details: [{ target: 'a', message: 'b' }] } },
			{ code: 'x', text: 'No.', details: ['a: b'] },
		],
		['OData 3’s', { 'odata.error': { message: { value: 'No.' } } }, { text: 'No.' }],
		[
			'problem details',
			{ title: 'Invalid', detail: 'See below.', errors: { email: ['Is none.'] } },
			{ text: 'Invalid: See below.', details: ['email: Is none.'] },
		],
		[
			'ASP.NET’s',
			{ Message: 'Invalid.', MessageDetail: 'More.', ModelState: { a: ['b'] } },
			{ text: 'Invalid. More.', details: ['a: b'] },
		],
		[
			'OAuth 2’s',
			{ error: 'invalid_grant', error_description: 'Expired.' },
			{ code: 'invalid_grant', text: 'Expired.' },
		],
	])('%s is read', (_what, body, expected) => {
		expect(readErrorBody(body)).toMatchObject(expected);
	});

	it('never makes reading fail, whatever is in it', () => {
		fc.assert(
			fc.property(fc.anything(), (body) => {
				expect(Array.isArray(readErrorBody(body).details)).toBe(true);
			}),
		);
	});
});

describe('a refusal in a success', () => {
	it.each([
		[{ statusCode: 403 }, 403],
		[{ statusCode: '404' }, 404],
		[{ statusCode: 200 }, undefined],
		[{ statusCode: 'none' }, undefined],
		[{}, undefined],
		['403', undefined],
	])('%j: %j', (body, status) => {
		expect(refusalIn(body)).toBe(status);
	});
});

describe('the beginning of a body that says nothing in a known way', () => {
	it('is what a person would see of a web page', () => {
		const page = '<html><style>a{}</style><!-- no --><h1>Bad gateway</h1><script>x()</script>';
		expect(excerptOf(page).replace(/\s+/g, ' ').trim()).toBe('Bad gateway');
	});

	it('holds no link’s query, which may grant access', () => {
		const text = 'See https://blob.example/a.docx?sig=secret&x=1 and "https://b.example#secret"';
		expect(excerptOf(text)).not.toContain('secret');
		expect(excerptOf({ link: 'https://blob.example/a?sig=secret' })).not.toContain('secret');
	});

	it('is the text of a JSON string, and nothing of an empty body', () => {
		expect(excerptOf('"Not today."')).toBe('Not today.');
		expect(['', '{}', {}, undefined].map(excerptOf)).toEqual(['', '', '', '']);
	});

	it('is there of a body that was too large to read', () => {
		expect(excerptOf(new OversizedBody('Out of order, and so on', 10))).toContain('Out of order');
	});
});
