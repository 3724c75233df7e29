/** Answers in general, and what belongs to no other subject. */
import { quoted } from './described';
import { fact, setting, unknown, type Question } from './Question';

export const answers: readonly Question[] = [
	{
		asks: 'Do answers start with a byte order mark?',
		settles: 'bom',
		needs: ['user'],
		answer: async (survey) => {
			await survey.customerPages();
			const { exchanges } = survey.client;
			const marked = exchanges.filter(({ answer }) => answer.startsWithByteOrderMark).length;
			return setting('bom', marked > 0, marked > 0 ? `${marked} did` : 'None did');
		},
	},
	{
		asks: 'Does isMfaCompliant come in a header or in the body?',
		needs: ['user'],
		answer: async (survey) => {
			const { answer, json } = await survey.client.call({
				method: 'GET',
				path: '/v1/agreements',
				headers: { ValidateMfa: 'true' },
			});
			const places = [
				...('ismfacompliant' in answer.headers ? ['in a header'] : []),
				...(/"isMfaCompliant"/i.test(JSON.stringify(json ?? '')) ? ['in the body'] : []),
			];
			return fact(places.join(' and ') || 'In neither');
		},
	},
	{
		asks: 'Does a webhook event tell of agreements?',
		needs: ['user'],
		answer: async (survey) => {
			const { answer } = await survey.client.call({
				method: 'GET',
				path: '/webhooks/v1/registration/events',
			});
			if (answer.status !== 200) return fact(`The list of events was refused: ${answer.status}`);
			return fact(/agreement|attestation/i.test(answer.text) ? 'Yes' : 'No');
		},
	},
	{
		asks: 'How is the validation status of a customer answered?',
		needs: ['user'],
		answer: async (survey) => {
			const exchange = await survey.validationStatus();
			return exchange === undefined ? unknown('There is no customer.') : fact(quoted(exchange));
		},
	},
	{
		asks: 'How is a customer that does not exist answered?',
		needs: ['user'],
		answer: async (survey) => fact(quoted(await survey.unknownCustomer())),
	},
];
