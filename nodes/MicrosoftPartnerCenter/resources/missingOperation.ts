/** An operation that does not exist: every item fails, and says so. */
import { inOneLine } from '../client/oneLine';
import { failingRun, type StartOperation } from '../n8n/operation';
import { FieldFaults } from '../n8n/parameters';

/** @param name as a saved workflow has it */
export function missingOperation(name: string): { start: StartOperation } {
	const fault = {
		label: 'Operation',
		fault: `does not exist: "${inOneLine(name)}"`,
		fix: "Select an operation in the node's form.",
	};
	return { start: () => failingRun(new FieldFaults([fault])) };
}
