/** Asks every question, and collects the answers. */
import type { Switches, SwitchesInput } from '../emulator/switches';
import { unknown, type Finding, type Need, type Question } from './questions/Question';
import { questions } from './questions/questions';
import { SignInError } from './signIn/Tokens';
import type { Survey } from './Survey';
import type { Exchange } from './wire/ApiClient';

export interface Answered {
	asks: string;
	settles: keyof Switches | undefined;
	finding: Finding;
	/** The calls that were made for it; those made for an earlier question are with that one. */
	exchanges: readonly Exchange[];
}

export interface ProbeResult {
	answers: readonly Answered[];
	/** What makes the emulator behave the same, as far as it was found. */
	switches: SwitchesInput;
}

/** @throws SignInError when Microsoft Entra refuses the user or the app */
export async function askAll(survey: Survey): Promise<ProbeResult> {
	const answers: Answered[] = [];
	for (const question of questions) {
		const { exchanges } = survey.client;
		const before = exchanges.length;
		const finding = await ask(survey, question);
		const { asks, settles } = question;
		answers.push({ asks, settles, finding, exchanges: exchanges.slice(before) });
	}
	const found = answers.map(({ finding }) => (finding.known ? finding.switches : {}));
	return { answers, switches: Object.assign({}, ...found) };
}

const LACKING: Readonly<Record<Need, string>> = {
	user: 'Not asked: nobody is signed in.',
	app: 'Not asked: it needs the app alone, and there is no client secret.',
	write: 'Not asked: it needs a write (--write --customer).',
};

async function ask(survey: Survey, question: Question): Promise<Finding> {
	const { client, options } = survey;
	const has = (need: Need) => (need === 'write' ? options.writeTo !== undefined : client.can(need));
	const lacking = question.needs.find((need) => !has(need));
	if (lacking !== undefined) return unknown(LACKING[lacking]);
	try {
		return await question.answer(survey);
	} catch (error) {
		// One call without an answer, or with one that nobody expects, does not end the others.
		if (error instanceof SignInError) throw error;
		return unknown(`The call failed: ${error instanceof Error ? error.message : String(error)}`);
	}
}
