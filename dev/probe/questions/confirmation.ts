/** The older confirmation: whether it still works, and how it refuses. */
import type { Survey } from '../Survey';
import { isSuccess, refusalOf, type Confirmations } from '../observations/confirmations';
import { described, quoted } from './described';
import { fact, setting, unknown, type Finding, type Question } from './Question';

/** Wrong properties, no rights, no relationship, no MFA: refusals that are older than the retirement. */
const ABOUT_THE_CALL: ReadonlySet<string> = new Set([
	...['1000', '1002', '2032', '3000', '20002', '600061', '800001', '800002', '900421'],
]);

export const confirmation: readonly Question[] = [
	{
		asks: 'Does the confirmation by contact and date still work?',
		settles: 'legacyConfirmation',
		needs: ['user', 'write'],
		answer: async (survey) => {
			const written = await survey.confirmations();
			if (written === undefined) return unknown('Nothing was written.');
			const { first, accepted } = written;
			const said = quoted(first);
			if (accepted) return setting('legacyConfirmation', 'accept', `Yes: ${said}`);
			const refusal = refusalOf(first);
			if (refusal === undefined) {
				return setting('legacyConfirmation', 'refuseUnexplained', `No, without a reason: ${said}`);
			}
			return ABOUT_THE_CALL.has(String(refusal.code))
				? unknown(`This call was refused, which says nothing of others: ${said}.`)
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
		fact(quoted(future)),
	),
	afterAcceptance({ asks: 'Is a first name of 100 letters confirmed?' }, ({ longName }) =>
		fact(`${isSuccess(longName) ? 'Yes' : 'No'}: ${quoted(longName)}`),
	),
	afterAcceptance({ asks: 'Is a telephone number without digits confirmed?' }, ({ oddPhone }) =>
		fact(`${isSuccess(oddPhone) ? 'Yes' : 'No'}: ${quoted(oddPhone)}`),
	),
	afterAcceptance(
		{ asks: 'How is a confirmation without a type answered?', settles: 'missingType' },
		({ withoutType }) => {
			const found = isSuccess(withoutType) ? 'fromTemplate' : 'refuse';
			return setting('missingType', found, quoted(withoutType));
		},
	),
	afterAcceptance(
		{ asks: 'Can the Microsoft Cloud Agreement be confirmed?', settles: 'cloudAgreement' },
		({ cloud }) => {
			if (isSuccess(cloud)) return setting('cloudAgreement', 'accept', `Yes: ${quoted(cloud)}`);
			const isNewer = refusalOf(cloud)?.errorName !== undefined;
			const found = isNewer ? 'refuseNewerShape' : 'refuse';
			return setting('cloudAgreement', found, `No: ${quoted(cloud)}`);
		},
	),
	afterAcceptance(
		{
			asks: 'Which status has a confirmation of the Microsoft Cloud Agreement?',
			settles: 'cloudAgreementStatus',
		},
		({ cloud }) =>
			isSuccess(cloud)
				? unknown('It is not refused.')
				: setting('cloudAgreementStatus', cloud.answer.status, String(cloud.answer.status)),
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
