/** The request that a call becomes. */
import { z } from 'zod';

import { buildRequest } from '../../../nodes/MicrosoftPartnerCenter/client/requestSpec';
import { CORRELATION_ID, REQUEST_ID } from '../../support/fixtures/documented';

const ids = { requestId: REQUEST_ID, correlationId: CORRELATION_ID };
const spec = { path: '/v1/customers', schema: z.unknown(), expected: 'a list' };

it('is a GET without a body, and carries both ids', () => {
	expect(buildRequest(spec, ids, 1_000)).toEqual({
		method: 'GET',
		path: '/v1/customers',
		headers: {
			Accept: 'application/json',
			'MS-RequestId': REQUEST_ID,
			'MS-CorrelationId': CORRELATION_ID,
		},
		timeout: 1_000,
	});
});

it('is a POST of JSON with one', () => {
	expect(buildRequest({ ...spec, body: { a: 1 } }, ids, 1_000)).toMatchObject({
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: { a: 1 },
	});
});

it('takes the headers of a page link, but none in place of its ids', () => {
	const headers = { 'MS-ContinuationToken': 'next', 'MS-RequestId': 'of somebody else' };
	expect(buildRequest({ ...spec, headers }, ids, 1_000).headers).toMatchObject({
		'MS-ContinuationToken': 'next',
		'MS-RequestId': REQUEST_ID,
	});
});
