/** Every question, in the order in which the report has them. */
import { agreements } from './agreements';
import { answers } from './answers';
import { attestation } from './attestation';
import { auditLog } from './auditLog';
import { confirmation } from './confirmation';
import { documents } from './documents';
import { paging } from './paging';
import type { Question } from './Question';
import { refreshTokens } from './refreshTokens';

export const questions: readonly Question[] = [
	...confirmation,
	...attestation,
	...agreements,
	...documents,
	...paging,
	...auditLog,
	...answers,
	...refreshTokens,
];
