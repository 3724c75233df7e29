/**
 * The links to an agreement's text. At Microsoft the files behind them lie elsewhere, and are not
 * downloaded.
 */
import { randomUUID } from 'node:crypto';
import type { Switches } from '../../emulator/switches';
import type { Survey } from '../Survey';
import { collectionOf, documentSchema, templateSchema } from '../wire/shapes';
import type { Exchange } from '../wire/ApiClient';
import { setting, unknown, type Finding, type Question } from './Question';

const metadataSchema = collectionOf(templateSchema);
/** The end is written in seconds, and the call took some time. */
const ROUNDED_TO_SECONDS = 5;
/** The emulator's own file, whose size is set to 0, has some 1,600 bytes; a real agreement has more. */
const SMALL_BYTES = 5000;

export const documents: readonly Question[] = [
	{
		asks: 'For how many seconds does a link to a document work?',
		settles: 'documentLinkLifetime',
		needs: ['user'],
		answer: async (survey) => {
			const exchange = await document(survey, await customerAgreementTemplate(survey), 'US');
			const links = documentSchema.safeParse(exchange.json);
			if (!links.success) return unknown(`The document was refused: ${exchange.answer.status}.`);
			const end = new URL(links.data.downloadUri).searchParams.get('se');
			if (end === null) return unknown('The link does not say when it expires.');
			const seconds = (Date.parse(end) - exchange.answer.receivedAt) / 1000;
			const rounded = Math.round(seconds / ROUNDED_TO_SECONDS) * ROUNDED_TO_SECONDS;
			return setting('documentLinkLifetime', rounded, `${rounded}, says the link`);
		},
	},
	{
		asks: 'How many bytes does the document have?',
		settles: 'documentBytes',
		needs: ['user'],
		answer: async (survey) => {
			const exchange = await document(survey, await customerAgreementTemplate(survey), 'US');
			const links = documentSchema.safeParse(exchange.json);
			if (!links.success) return unknown(`The document was refused: ${exchange.answer.status}.`);
			const file = await survey.client.download(links.data.downloadUri);
			if (file === undefined) return unknown('It lies on a host that the probe does not call.');
			if (file.status !== 200) return unknown(`Its link was refused: ${file.status}.`);
			const { bytes } = file;
			return setting('documentBytes', bytes < SMALL_BYTES ? 0 : bytes, String(bytes));
		},
	},
	{
		asks: 'Which status has the document of a template that does not exist?',
		settles: 'unknownTemplateStatus',
		needs: ['user'],
		answer: async (survey) =>
			refusedWith('unknownTemplateStatus', await document(survey, randomUUID(), 'US')),
	},
	{
		asks: 'Which status has the document in a country that does not exist?',
		settles: 'unknownCountryStatus',
		needs: ['user'],
		answer: async (survey) =>
			refusedWith(
				'unknownCountryStatus',
				await document(survey, await customerAgreementTemplate(survey), 'ZZ'),
			),
	},
];

async function document(survey: Survey, templateId: string, country: string): Promise<Exchange> {
	return await survey.client.call({
		method: 'GET',
		path: `/v1/agreementtemplates/${templateId}/document`,
		query: { language: 'en-US', country },
	});
}

async function customerAgreementTemplate(survey: Survey): Promise<string> {
	const { json } = await survey.client.call({
		method: 'GET',
		path: '/v1/agreements',
		query: { agreementType: 'MicrosoftCustomerAgreement' },
	});
	return metadataSchema.safeParse(json).data?.items[0]?.templateId ?? '';
}

function refusedWith(name: keyof Switches, { answer, json }: Exchange): Finding {
	const links = documentSchema.safeParse(json);
	return setting(name, answer.status, links.success ? 'None: it is answered' : `${answer.status}`);
}
