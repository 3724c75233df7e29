/** The validation of an address: it changes nothing, so nothing about it is ever in doubt. */
import { NoAnswerError } from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { clientThatGets } from '../../support/clientThatGets';
import { CORRELATION_ID } from '../../support/fixtures/documented';
import { inWords } from '../../support/inWords';

const call = { correlationId: CORRELATION_ID, timeout: 60_000, maxRetries: 1 };
/** https://learn.microsoft.com/partner-center/developer/validate-an-address, "StreetPartial" */
const address = {
	addressLine1: 'Microsoft Way',
	city: 'Redmond',
	state: 'WA',
	postalCode: '98052',
	country: 'US',
};
const answer = {
	originalAddress: address,
	suggestedAddresses: [{ ...address, addressLine1: '1 Microsoft Way', postalCode: '98052-6399' }],
	status: 'StreetPartial',
	validationMessage: "Address field invalid for property: 'Region', 'PostalCode', 'City'",
};

it('gives the status and the suggestions, also after a try without an answer', async () => {
	const { client, sent, clock } = clientThatGets(new NoAnswerError('ECONNRESET'), {
		body: JSON.stringify(answer),
	});
	await expect(clock.run(client.addresses.validate(address, call))).resolves.toEqual(answer);
	expect(sent[1]).toMatchObject({ method: 'POST', path: '/v1/validations/address', body: address });
});

it('an answer that never comes leaves nothing in doubt', async () => {
	const { client, clock } = clientThatGets(new NoAnswerError('ECONNRESET'));
	const asking = inWords(clock.run(client.addresses.validate(address, call)));
	await expect(asking).rejects.toMatchObject({
		inDoubt: false,
		advice: expect.stringMatching(/^Nothing was changed\./),
	});
});
