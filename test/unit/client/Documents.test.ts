/** A link to the text of an agreement. */
import { clientThatGets } from '../../support/clientThatGets';
import { CORRELATION_ID } from '../../support/fixtures/documented';
import body from '../../support/fixtures/partner-center/agreement-document.response.json';
import { inWords } from '../../support/inWords';

const call = { correlationId: CORRELATION_ID, timeout: 60_000, maxRetries: 0 };
const TEMPLATE = '117a77b0-9360-443b-8795-c6dedc750cf9';

it('is asked for by template, language and country, with their case', async () => {
	const { client, sent } = clientThatGets({ body });
	await expect(client.documents.getLink(TEMPLATE, 'nl-NL', 'NL', call)).resolves.toEqual(body);
	expect(sent).toMatchObject([
		{
			method: 'GET',
			path: `/v1/agreementtemplates/${TEMPLATE}/document?language=nl-NL&country=NL`,
		},
	]);
});

it('is no link where the answer holds no address', async () => {
	const { client } = clientThatGets({ body: { downloadUri: 'later' } });
	await expect(
		inWords(client.documents.getLink(TEMPLATE, 'en-US', 'US', call)),
	).rejects.toMatchObject({
		message:
			'Partner Center\'s answer can\'t be read: it is not a link to a document ("downloadUri")',
	});
});
