/** An open question about Partner Center, and how calls answer it. */
import { switchesSchema, type Switches, type SwitchesInput } from '../../emulator/switches';
import type { Survey } from '../Survey';

export interface Question {
	/** For a person, with a question mark. */
	asks: string;
	/** The switch of the emulator that the answer sets, where it has one. */
	settles?: keyof Switches;
	/** What has to be there: the token of a user or of the app, a customer that may be written to. */
	needs: readonly Need[];
	answer(survey: Survey): Promise<Finding>;
}

export type Need = 'user' | 'app' | 'write';

export type Finding =
	| { known: true; answer: string; switches: SwitchesInput }
	/** The answer says why. */
	| { known: false; answer: string };

export function unknown(reason: string): Finding {
	return { known: false, answer: reason };
}

/** An answer that no switch of the emulator depends on. */
export function fact(answer: string): Finding {
	return { known: true, answer, switches: {} };
}

/** A switch's setting; the service may behave as no setting does, and then the report says so. */
export function setting(name: keyof Switches, value: unknown, answer: string): Finding {
	const parsed = switchesSchema.shape[name].safeParse(value);
	if (!parsed.success) return fact(`${answer} (the emulator has no such setting)`);
	return { known: true, answer, switches: { [name]: parsed.data } };
}
