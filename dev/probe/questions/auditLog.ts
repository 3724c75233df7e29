/** The activity log. */
import { collectionOf, auditRecordSchema } from '../wire/shapes';
import { described } from './described';
import { fact, setting, unknown, type Question } from './Question';

const DAY_MS = 24 * 60 * 60 * 1000;
const recordsSchema = collectionOf(auditRecordSchema);

export const auditLog: readonly Question[] = [
	{
		asks: 'How is a stretch of more than 30 days of audit records answered?',
		settles: 'auditWindow',
		needs: ['user'],
		answer: async (survey) => {
			// The record of a confirmation, if there is one, is beyond the first 30 days.
			await survey.auditLatency();
			const day = (daysAgo: number) =>
				new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);
			const exchange = await survey.client.call({
				method: 'GET',
				path: '/v1/auditrecords',
				query: { startDate: day(60), endDate: day(0) },
			});
			if (exchange.answer.status === 400) {
				return setting('auditWindow', 'refuse', `Refused: ${described(exchange)}`);
			}
			const records = recordsSchema.safeParse(exchange.json);
			if (!records.success) return unknown(`Not at all: ${described(exchange)}.`);
			const isBeyond = records.data.items.some(
				({ operationDate }) => operationDate.slice(0, 10) > day(29),
			);
			if (isBeyond) return fact('Whole: newer records than the first 30 days came');
			return setting('auditWindow', 'truncate', 'Answered; nothing newer than 30 days in it');
		},
	},
	{
		asks: 'How many seconds does it take until a confirmation is in the activity log?',
		settles: 'auditDelay',
		needs: ['user', 'write'],
		answer: async (survey) => {
			const written = await survey.confirmations();
			if (written?.accepted !== true) return unknown('Nothing was confirmed.');
			const latency = await survey.auditLatency();
			if (latency === undefined) {
				return unknown(`More than ${survey.options.auditWaitSeconds}, or never.`);
			}
			const [from, to] = [latency.atLeast, latency.atMost].map((one) => one.toFixed(1));
			return setting('auditDelay', Math.ceil(latency.atLeast), `Between ${from} and ${to}`);
		},
	},
];
