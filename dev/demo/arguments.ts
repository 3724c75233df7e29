/** What can be written after `npm start --`. */
import { parseArgs, types } from 'node:util';

export interface DemoArguments {
	/** A file with somebody's own customers, JSON or CSV. */
	input?: string;
	/** Another exported workflow to run. */
	workflow?: string;
	help: boolean;
}

export const HELP = `Confirms customer agreements with the workflow in workflows/confirm-customer-agreements.json:
the built node runs in n8n's own engine, against a local Partner Center emulator.
Nothing leaves this machine, and nobody is mailed.

  npm start                           the sample customers
  npm start -- --input my.json        your own: a JSON array of objects with the columns below
  npm start -- --input my.csv         or CSV with a header line, separated by , or ; or tabs
  npm start -- --workflow other.json  another workflow, as n8n downloads it; without --input it
                                      runs on its pinned items, else on the sample customers
  npm start -- --help                 this text

Columns: customerId, firstName, lastName, email, dateAgreed; optional: companyName, phoneNumber.
Case, spaces and underscores don't matter, and "Microsoft ID" is the customer. CSV is UTF-8, or
UTF-16 with a byte order mark. See workflows/sample-customers.json. With --workflow, columns are
passed on as they are.

The workflows for a CRM and those for acceptance by link need n8n's own nodes: npm run engines,
once; about 2 minutes, 450 MB.

Exit status: 0 when the workflow ran to its end, whichever branch each customer took; 1 when it
could not.
`;

/**
 * @param argv what follows the script's name
 * @throws Error with one clear line for an option that does not exist, or lacks its file
 */
export function parseArguments(argv: string[]): DemoArguments {
	try {
		const { values } = parseArgs({
			args: argv,
			options: {
				input: { type: 'string' },
				workflow: { type: 'string' },
				help: { type: 'boolean', short: 'h', default: false },
			},
		});
		const empty = (['input', 'workflow'] as const).find((name) => values[name] === '');
		if (empty !== undefined) throw new Error(`Option '--${empty}' names no file`);
		return values;
	} catch (error) {
		const [reason = ''] = (types.isNativeError(error) ? error.message : String(error)).split(
			/\.\s/,
		);
		throw new Error(`${reason}. See npm start -- --help`);
	}
}
