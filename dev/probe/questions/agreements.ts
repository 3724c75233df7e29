/** What reads about agreements answer. */
import { collectionOf, templateSchema, type contactSchema } from '../wire/shapes';
import type { z } from 'zod';
import { refusalOf } from '../observations/confirmations';
import { fact, setting, unknown, type Question } from './Question';

const metadataSchema = collectionOf(templateSchema);

const metadata = (as: 'user' | 'app') =>
	({
		method: 'GET',
		path: '/v1/agreements',
		query: { agreementType: 'MicrosoftCustomerAgreement' },
		as,
	}) as const;

export const agreements: readonly Question[] = [
	{
		asks: 'How does a customer without agreements answer?',
		settles: 'noAgreements',
		needs: ['user'],
		answer: async (survey) => {
			const lists = await survey.agreementLists();
			const refused = lists.find(({ refusal }) => String(refusal?.code) === '600009');
			if (refused !== undefined) {
				return setting('noAgreements', '600009', `Code 600009 with status ${refused.status}`);
			}
			return lists.some(({ agreements: found }) => found?.length === 0)
				? setting('noAgreements', 'emptyList', 'An empty list')
				: unknown('Every customer that was read has agreements of both types.');
		},
	},
	{
		asks: 'Is the code of a refusal a number or a text?',
		settles: 'errorCodeType',
		needs: ['user'],
		answer: async (survey) => {
			const refused = [await survey.unknownCustomer(), await survey.validationStatus()];
			const codes = refused.map((exchange) => exchange && refusalOf(exchange)?.code);
			const code = codes.find((one) => /^\d+$/.test(String(one)));
			if (code === undefined) return unknown('No call was refused with a code.');
			const type = typeof code;
			return setting('errorCodeType', type, `A ${type}: ${JSON.stringify(code)}`);
		},
	},
	{
		asks: 'Do answers show a contact as it was sent?',
		settles: 'tidyContacts',
		needs: ['user'],
		answer: async (survey) => {
			const written = await survey.confirmations();
			if (written?.listed !== undefined) {
				const tidied = JSON.stringify(written.listed) !== JSON.stringify(written.contact);
				return setting('tidyContacts', tidied, tidied ? 'No, tidied' : 'Yes');
			}
			const lists = await survey.agreementLists();
			const contacts = lists.flatMap(({ agreements: found = [] }) =>
				found.map(({ primaryContact }) => primaryContact),
			);
			if (contacts.some(isUntidy)) return setting('tidyContacts', false, 'Yes, some are untidy');
			const phones = contacts.filter(({ phoneNumber }) => (phoneNumber ?? '') !== '').length;
			return phones >= ENOUGH_PHONES
				? setting('tidyContacts', true, `Hardly: ${phones} phone numbers are digits alone`)
				: unknown('No contact was read that would show it.');
		},
	},
	{
		asks: 'Is the type in the agreement metadata called type or agreementType?',
		needs: ['user'],
		answer: async (survey) => {
			const { json } = await survey.client.call(metadata('user'));
			const [first] = metadataSchema.safeParse(json).data?.items ?? [];
			if (first === undefined) return unknown('The metadata lists no template.');
			const names = (['agreementType', 'type'] as const).filter((name) => name in first);
			return fact(names.join(' and ') || 'Neither');
		},
	},
	{
		asks: 'What does a read of agreements answer to the app alone?',
		needs: ['app'],
		answer: async (survey) => {
			const exchange = await survey.client.call(metadata('app'));
			const code = refusalOf(exchange)?.code;
			const { status } = exchange.answer;
			return fact(code === undefined ? `Status ${status}` : `Status ${status}, code ${code}`);
		},
	},
];

/** One number without a blank may be chance. */
const ENOUGH_PHONES = 2;

function isUntidy({ firstName, lastName, email, phoneNumber }: z.output<typeof contactSchema>) {
	const names = [firstName ?? '', lastName ?? ''];
	return (
		(email ?? '') !== (email ?? '').toLowerCase() ||
		/\D/.test(phoneNumber ?? '') ||
		names.some((name) => name !== name.normalize('NFC').replace(/\s+/g, ' ').trim())
	);
}
