/** The enhanced attestation. What the emulator does of it is invented for the most part. */
import { described, isNotFound } from './described';
import { fact, setting, unknown, type Question } from './Question';

export const attestation: readonly Question[] = [
	{
		asks: 'Is there an enhanced attestation?',
		settles: 'attestation',
		needs: ['user', 'app', 'write'],
		answer: async (survey) => {
			const seen = await survey.attestations();
			if (seen === undefined) return unknown('Nothing was written.');
			const said = described(seen.created);
			return isNotFound(seen.created)
				? setting('attestation', 'off', `No: ${said}`)
				: setting('attestation', 'preview', `Yes: ${said}`);
		},
	},
	{
		asks: 'Which properties does the answer to a new attestation have?',
		needs: ['user', 'app', 'write'],
		answer: async (survey) => {
			const seen = await survey.attestations();
			if (seen?.answer === undefined) return unknown('No attestation was created.');
			return fact(Object.keys(seen.answer).join(', '));
		},
	},
	{
		asks: 'Does somebody have to accept an attestation?',
		settles: 'attestationAcceptance',
		needs: ['user', 'app', 'write'],
		answer: async (survey) => {
			const seen = await survey.attestations();
			if (seen?.answer === undefined) return unknown('No attestation was created.');
			return seen.answer.status === 'accepted'
				? setting('attestationAcceptance', 'atOnce', 'No, it is accepted at once')
				: setting('attestationAcceptance', 'byCustomer', 'Yes, it waits for the customer');
		},
	},
	{
		asks: 'Does the acceptance of an attestation create the agreement?',
		needs: ['user', 'app', 'write'],
		answer: async (survey) => {
			const seen = await survey.attestations();
			if (seen?.isAccepted !== true) return unknown('Nothing was accepted.');
			return fact(seen.hasAgreement ? 'Yes' : 'No, a call has to');
		},
	},
	{
		asks: 'How many seconds does it take until the last call is taken after an acceptance?',
		settles: 'attestationDelay',
		needs: ['user', 'app', 'write'],
		answer: async (survey) => {
			const latency = (await survey.attestations())?.latency;
			if (latency === undefined) {
				return unknown('Nobody accepted on the customer’s page, or the last call was never taken.');
			}
			const [from, to] = [latency.atLeast, latency.atMost].map((one) => one.toFixed(1));
			return setting('attestationDelay', Math.ceil(latency.atLeast), `Between ${from} and ${to}`);
		},
	},
	{
		asks: 'After how many minutes does the link of an attestation expire?',
		settles: 'attestationLinkLifetime',
		needs: ['user', 'app', 'write'],
		answer: async (survey) => {
			const minutes = (await survey.attestations())?.linkLifetime;
			if (minutes === undefined) {
				return unknown('Only time tells: five minutes at the least, a week at the most.');
			}
			return setting('attestationLinkLifetime', minutes, String(minutes));
		},
	},
];
