/** What can be written after `npm run probe --`. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { fieldProblems } from '../emulator/fieldProblems';
import { partialSwitchesSchema } from '../emulator/switches';

export const HELP = `Asks a Partner Center what Microsoft's documentation leaves open, and says which switches make the
emulator behave the same. It only reads, unless --write says otherwise, and calls nobody but
Microsoft: login.microsoftonline.com and api.partnercenter.microsoft.com.

  npm run probe -- --tenant <id> --client-id <id> [options]
  npm run probe -- --emulator [options]

A tenant or a sandbox:
  --tenant <id>                 the partner's tenant: its id or domain
  --client-id <id>              the app that is registered in Partner Center
  --refresh-token-file <file>   the signed-in user; without it, one signs in by a device code.
                                PROBE_REFRESH_TOKEN does the same
  --write                       make the documented writes as well: confirmations and an attestation,
                                of a fictional person; there is no call that takes them back
  --customer <id>               the customer of a sandbox that --write is about
  --audit-wait <s>              how long to wait for the audit record of a confirmation (default 300)

  The environment variable PROBE_CLIENT_SECRET holds the app's secret, where it has one. Questions
  about the app alone need it.

An emulator, started here:
  --emulator                    probe an emulator, with writes, and compare what was found
  --switches <json>             its switches, such as '{"bom":true}'
  --runs <n>                    this many emulators, each with random switches
  --seed <n>                    which ones (default 1)

What is written:
  --report <file>               the report, which is printed as well
  --recording <file>            what was sent and answered, as contract fixtures with the switches;
                                tokens are left out, and names, ids and addresses are replaced

  --help                        this text

Exit status: 0 when it got to the end; 1 when it could not, or missed a switch of an emulator.
`;

const whole = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number);
const guid = z.string().uuid('must be a GUID');

const outputs = { report: z.string().optional(), recording: z.string().optional() };

const emulatorSchema = z
	.object({
		emulator: z.literal(true),
		switches: z.string().transform(switchesIn).optional(),
		runs: whole.pipe(z.number().positive()).optional(),
		seed: whole.default('1'),
		...outputs,
	})
	.strict();

const tenantSchema = z
	.object({
		tenant: z.string({ required_error: 'is required, or --emulator' }),
		'client-id': guid,
		'refresh-token-file': z.string().optional(),
		write: z.boolean().default(false),
		customer: guid.optional(),
		'audit-wait': whole.default('300'),
		...outputs,
	})
	.strict()
	.refine(({ write, customer }) => !write || customer !== undefined, {
		path: ['customer'],
		message: 'is required with --write',
	})
	.refine(({ write, customer }) => write || customer === undefined, {
		path: ['customer'],
		message: 'is only for --write',
	});

export type EmulatorProbeOptions = z.output<typeof emulatorSchema>;
export type TenantProbeOptions = z.output<typeof tenantSchema>;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/**
 * @param argv what follows the script's name
 * @returns `help` when that is wanted
 * @throws Error with a line for each option that is wrong
 */
export function readOptions(argv: string[]): EmulatorProbeOptions | TenantProbeOptions | 'help' {
	const { values } = parseArgs({
		args: argv,
		options: {
			tenant: text,
			'client-id': text,
			'refresh-token-file': text,
			write: flag,
			customer: text,
			'audit-wait': text,
			emulator: flag,
			switches: text,
			runs: text,
			seed: text,
			report: text,
			recording: text,
			help: { ...flag, short: 'h' },
		},
	});
	if (values.help === true) return 'help';
	const schema = values.emulator === true ? emulatorSchema : tenantSchema;
	const parsed = schema.safeParse({ ...values });
	if (parsed.success) return parsed.data;
	throw new Error(
		fieldProblems(parsed.error)
			.map((problem) => (/^[A-Z]/.test(problem) ? problem : `--${problem}`))
			.join('\n'),
	);
}

/** The environment's secrets, or a file's; they are never options, which other users could see. */
export function refreshTokenOf(
	{ 'refresh-token-file': file }: TenantProbeOptions,
	environment: NodeJS.ProcessEnv,
): string | undefined {
	if (file !== undefined) return readFileSync(file, 'utf8').trim();
	return environment.PROBE_REFRESH_TOKEN;
}

function switchesIn(
	json: string,
	context: z.RefinementCtx,
): z.output<typeof partialSwitchesSchema> {
	try {
		const parsed = partialSwitchesSchema.safeParse(JSON.parse(json));
		if (parsed.success) return parsed.data;
		for (const message of fieldProblems(parsed.error))
			context.addIssue({ code: 'custom', message });
	} catch {
		context.addIssue({ code: 'custom', message: 'is not JSON' });
	}
	return z.NEVER;
}
