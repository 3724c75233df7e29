/** The older confirmation: whether it still works, and how it refuses. */
import type { Survey } from '../Survey';
import { isSuccess, refusalOf, type Confirmations } from '../observations/confirmations';
import { described } from './described';
import { fact, setting, unknown, type Finding, type Question } from './Question';

export const confirmation: readonly Question[] = [
	{
		asks: 'Does the confirmation by contact and date still work?',
		settles: 'legacyConfirmation',
		needs: ['user', 'write'],
		answer: async (survey) => {
			const written = await survey.confirmations();
			if (written === undefined) return unknown('Nothing was written.');
			const { first, accepted } = written;
			const said = described(first);
			if (accepted) return setting('legacyConfirmation', 'accept', `Yes: ${said}`);
			const refusal = refusalOf(first);
			return refusal === undefined
				? setting('legacyConfirmation', 'refuseUnexplained', `No, without a reason: ${said}`)
				: setting('legacyConfirmation', 'refuse', `No: ${said}`);
		},
	},
	afterAcceptance(
		{ asks: 'Which status has code 600061, the same contact again?', settles: 'duplicateStatus' },
		({ again }) => {
			const status = again.answer.status;
			return String(refusalOf(again)?.code) === '600061'
				? setting('duplicateStatus', status, String(status))
				: unknown(`The same contact again was answered otherwise: ${described(again)}.`);
		},
	),
	afterAcceptance(
		{
			asks: 'Does the same MS-RequestId repeat the first answer?',
			settles: 'replaySameRequestId',
		},
		({ sameRequestId }) => {
			const repeats = isSuccess(sameRequestId);
			const said = described(sameRequestId);
			return setting('replaySameRequestId', repeats, `${repeats ? 'Yes' : 'No'}: ${said}`);
		},
	),
	afterAcceptance({ asks: 'How is a date in the future answered?' }, ({ future }) =>
		fact(described(future)),
	),
	afterAcceptance({ asks: 'How is a confirmation without a type answered?' }, ({ withoutType }) =>
		fact(described(withoutType)),
	),
	afterAcceptance({ asks: 'Can the Microsoft Cloud Agreement be confirmed?' }, ({ cloud }) =>
		fact(`${isSuccess(cloud) ? 'Yes' : 'No'}: ${described(cloud)}`),
	),
];

type Accepted = Required<Omit<Confirmations, 'listed'>>;

/** Asked only where the confirmation works at all. */
function afterAcceptance(
	head: Pick<Question, 'asks' | 'settles'>,
	read: (written: Accepted) => Finding,
): Question {
	return {
		...head,
		needs: ['user', 'write'],
		answer: async (survey: Survey) => {
			const written = await survey.confirmations();
			if (written === undefined) return unknown('Nothing was written.');
			return isComplete(written) ? read(written) : unknown('The confirmation was refused.');
		},
	};
}

function isComplete(written: Confirmations): written is Confirmations & Accepted {
	return written.accepted;
}
