/** What the command line of the benchmark chooses, and how large the measurements are. */
import { parseArgs } from 'node:util';

export const IDS = [
	'S1',
	'S2',
	'S3',
	'S4',
	'S5',
	'S6',
	'S7',
	'S8',
	'S9',
	'S10',
	'S11',
	'S12',
	'S13',
] as const;
export type Id = (typeof IDS)[number];

/** Needs Redis and PostgreSQL, which a machine may not have: a quick run leaves it out unless it is named. */
const WITH_SERVICES: readonly Id[] = ['S10'];

/** How large each measurement is. */
export interface Sizes {
	rounds: number;
	engineCost: number;
	latency: number;
	rateLimit: number;
	growth: number[];
	/** The median of fewer says little about growth. */
	growthRounds: number;
	/** Items before S4's and S5's own: then the process is as warm as an n8n that runs. */
	warmUp: number;
	memory: number;
	/** Fresh processes of S6 in each round, whose median is the round's figure. */
	loads: number;
	status: number;
	deals: number;
	limitedDeals: number;
	/** The limit of S9, in calls a minute. */
	dealLimit: number;
	queueDeals: number;
	farServer: number;
	besideBatch: number;
	auditRecords: number;
}

const FULL: Sizes = {
	rounds: 5,
	engineCost: 3_000,
	latency: 1_000,
	rateLimit: 2_000,
	growth: [100, 1_000, 10_000, 100_000],
	growthRounds: 5,
	warmUp: 2_000,
	memory: 50_000,
	loads: 5,
	status: 10_000,
	deals: 300,
	limitedDeals: 1_000,
	dealLimit: 1_200,
	queueDeals: 5_000,
	farServer: 1_000,
	besideBatch: 20,
	auditRecords: 10_000,
};

/** Enough to see that everything runs; too little for figures to rely on. */
const QUICK: Sizes = {
	rounds: 1,
	engineCost: 300,
	latency: 200,
	rateLimit: 300,
	growth: [100, 500],
	growthRounds: 1,
	warmUp: 200,
	memory: 500,
	loads: 5,
	status: 500,
	deals: 60,
	limitedDeals: 60,
	dealLimit: 1_200,
	queueDeals: 100,
	farServer: 60,
	besideBatch: 3,
	auditRecords: 1_000,
};

export interface Settings {
	sizes: Sizes;
	isQuick: boolean;
	only: readonly Id[];
	write: boolean;
	profile: boolean;
	help: boolean;
}

export const HELP = `How fast the node is, beside what people would use instead, in the real n8n.

  npm run bench -- [options]

  --quick         small numbers and one round, in some five minutes; fails on a broken run only;
                  without ${WITH_SERVICES.join(', ')}, which needs Redis and PostgreSQL (started from Debian's packages)
  --only S1,S6    these measurements only
  --rounds <n>    rounds of all but S4, S5, S7, S10 and S12 (default ${FULL.rounds})
  --limit <n>     the limit of S9, in calls a minute (default ${FULL.dealLimit}): a lower one where n8n
                  itself is too slow for it
  --write         write the table into docs/performance.md
  --profile       a CPU profile of each contender of S1 instead, by where the time goes
  --help          this text
`;

function wholeNumber(option: string, text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (Number.isInteger(value) && value >= 1) return value;
	throw new Error(`${option} takes a whole number from 1 on, not ${text}`);
}

/** @throws Error for what is not understood */
export function readSettings(argv: string[]): Settings {
	const { values } = parseArgs({
		args: argv,
		options: {
			quick: { type: 'boolean', default: false },
			only: { type: 'string' },
			rounds: { type: 'string' },
			limit: { type: 'string' },
			write: { type: 'boolean', default: false },
			profile: { type: 'boolean', default: false },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	const base = values.quick ? QUICK : FULL;
	const rounds = wholeNumber('--rounds', values.rounds) ?? base.rounds;
	const dealLimit = wholeNumber('--limit', values.limit) ?? base.dealLimit;
	const wanted = values.only?.split(',').map((id) => id.trim().toUpperCase());
	const unknown = wanted?.find((id) => !IDS.some((known) => known === id));
	if (unknown !== undefined) throw new Error(`--only takes ${IDS.join(', ')}, not ${unknown}`);
	const { write, profile, help } = values;
	if (write && (values.quick || wanted !== undefined || values.limit !== undefined)) {
		throw new Error('--write takes a whole run: without --quick, --only and --limit');
	}
	return {
		sizes: { ...base, rounds, dealLimit },
		isQuick: values.quick,
		only: IDS.filter((id) => {
			if (wanted !== undefined) return wanted.includes(id);
			return !values.quick || !WITH_SERVICES.includes(id);
		}),
		write,
		profile,
		help,
	};
}
