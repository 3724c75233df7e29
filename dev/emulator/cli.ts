/** `npm run emulator`: starts the emulator alone and says how to connect to it. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import {
	EMULATOR_CLIENT_ID,
	EMULATOR_CLIENT_SECRET,
	EMULATOR_TENANT_ID,
} from './identity/registeredApp';
import { readConfigFile } from './configFile';
import { defaultSwitches, switchesSchema, type Switches, type SwitchesInput } from './switches';
import { startEmulator, type EmulatorOptions } from './startEmulator';

const HELP = `A local Microsoft Partner Center, in memory, with sample customers.

  npm run emulator -- [options]

  --port <n>                    port to listen on; 0 for any free one (default 8787)
  --host <name>                 address to listen on (default 127.0.0.1)
  --tls                         speak https, with a certificate that is made at the start
  --ca-file <file>              where to write that certificate, for clients to trust
                                (default partner-center-emulator.pem in the folder for temporary files)
  --public-url <url>            the address that clients reach it at, where that is another one
  --tenant <guid>               the partner's tenant id
  --latency <ms>|<min>-<max>    how long each API call takes (default 0)
  --rate-limit <n>              API calls per minute before 429 (default: no limit)
  --access-token-lifetime <s>   seconds until an access token expires (default 3600)
  --attestation preview         the enhanced attestation; provisional, most of it is invented
  --legacy-confirmation refuse  the older confirmation is refused as retired; the answer is invented
  --kept-requests <n>           how many of the last calls it remembers (default 5000)
  --config <file>               customers, switches and faults to start with, as JSON
  --state <file>                load the customers from this file if it exists, and save them to it
                                at the end, and on POST /_emulator/state/save
  --help                        this text
`;

const whole = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number);

const argumentsSchema = z.object({
	port: whole.default('8787'),
	host: z.string().optional(),
	tls: z.boolean().optional(),
	'ca-file': z.string().optional(),
	'public-url': z.string().url('must be an address').optional(),
	tenant: z.string().uuid('must be a GUID').optional(),
	latency: z
		.string()
		.regex(/^\d+(-\d+)?$/, 'must be milliseconds, such as 50 or 50-200')
		.transform((text): [number, number] => {
			const [min = 0, max = min] = text.split('-').map(Number);
			return [min, max];
		})
		.optional(),
	'rate-limit': whole.optional(),
	'access-token-lifetime': whole.optional(),
	// Fewer than in a test: an emulator that runs for days is to stay small.
	'kept-requests': whole.pipe(z.number().positive()).default('5000'),
	attestation: switchesSchema.shape.attestation.optional(),
	'legacy-confirmation': switchesSchema.shape.legacyConfirmation.optional(),
	config: z.string().optional(),
	state: z.string().optional(),
});

async function main(): Promise<void> {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		options: {
			port: text,
			host: text,
			tenant: text,
			tls: { type: 'boolean' },
			'ca-file': text,
			'public-url': text,
			latency: text,
			'rate-limit': text,
			'access-token-lifetime': text,
			'kept-requests': text,
			attestation: text,
			'legacy-confirmation': text,
			config: text,
			state: text,
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const parsed = argumentsSchema.parse(values);
	const options = optionsOf(parsed);
	const emulator = await startEmulator(options);
	const stop = () => {
		void emulator.close().then(() => process.stdout.write('\nStopped.\n'));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	// Whoever reads the address may stop it at once, and the state is to be saved then too.
	process.stdout.write(introduction(emulator.baseUrl, options));
	if (emulator.certificate !== undefined) {
		const file = parsed['ca-file'] ?? path.join(tmpdir(), 'partner-center-emulator.pem');
		writeFileSync(file, emulator.certificate);
		process.stdout.write(trustNote(file));
	}
	if (options.attestation === 'preview') process.stdout.write(PROVISIONAL);
}

function optionsOf(values: z.output<typeof argumentsSchema>): EmulatorOptions {
	const { port, host, tenant, latency, attestation, state: stateFile } = values;
	const legacyConfirmation = values['legacy-confirmation'];
	const config = values.config === undefined ? undefined : readConfigFile(values.config);
	const faults = config?.faults;
	const switches = {
		...config?.switches,
		...(legacyConfirmation === undefined ? {} : { legacyConfirmation }),
	};
	const rateLimit = values['rate-limit'];
	const publicUrl = values['public-url'];
	const accessTokenLifetime = values['access-token-lifetime'];
	return {
		port,
		keptRequests: values['kept-requests'],
		...(host === undefined ? {} : { host }),
		...(values.tls === undefined ? {} : { tls: values.tls }),
		...(publicUrl === undefined ? {} : { publicUrl }),
		...(tenant === undefined ? {} : { tenant }),
		...(latency === undefined ? {} : { latency }),
		...(rateLimit === undefined ? {} : { rateLimit }),
		...(accessTokenLifetime === undefined ? {} : { accessTokenLifetime }),
		...(attestation === undefined ? {} : { attestation }),
		switches,
		...(config === undefined ? {} : { state: config.state }),
		...(faults === undefined ? {} : { faults }),
		...(stateFile === undefined ? {} : { stateFile }),
	};
}

const trustNote = (file: string) => `
Its certificate, for clients to trust: ${file}
  Node.js          NODE_EXTRA_CA_CERTS=${file}
  Python, curl     REQUESTS_CA_BUNDLE=${file}, curl --cacert ${file}
`;

const PROVISIONAL = `
The enhanced attestation is provisional: most of it is invented here, as the page says.
`;

/** The switches that are not as by default, for a person; nothing where all are. */
function turnedSwitches(given: SwitchesInput): string {
	const turned = Object.entries(given).filter(
		([name, value]) => value !== defaultSwitches[name as keyof Switches],
	);
	if (turned.length === 0) return '';
	return `\nSwitches that differ from the default:\n${turned
		.map(([name, value]) => `  ${name} ${String(value)}\n`)
		.join('')}`;
}

function introduction(
	baseUrl: string,
	{ tenant = EMULATOR_TENANT_ID, stateFile, switches, attestation }: EmulatorOptions,
): string {
	const turned = turnedSwitches({ ...switches, ...(attestation && { attestation }) });
	const kept = stateFile === undefined ? 'nothing is kept' : `the state is kept in ${stateFile}`;
	return `Partner Center emulator: ${baseUrl}

Nothing reaches Microsoft, and nobody is mailed.
Open it in a browser to watch customers and requests. In n8n, create the credential
"Microsoft Partner Center OAuth2 API", and type:
  Environment     Emulator
  Emulator URL    ${baseUrl}
  Tenant          ${tenant}
  Client ID       ${EMULATOR_CLIENT_ID}
  Client Secret   ${EMULATOR_CLIENT_SECRET}
${turned}
Ctrl-C stops it; ${kept}.
`;
}

main().catch((error: unknown) => {
	const problem =
		error instanceof z.ZodError
			? error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`).join('\n')
			: error instanceof Error
				? error.message
				: String(error);
	const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
	process.stderr.write(
		isTaken
			? `${problem}: another program has this port. End that one, or choose another: --port 0 takes any that is free.\n`
			: `${problem}\n\n${HELP}`,
	);
	process.exitCode = 1;
});
