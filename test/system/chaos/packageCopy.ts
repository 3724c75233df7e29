/**
 * A copy of the built package in which time runs faster, and optionally with one of its guarantees
 * taken out. Both are done to the copy's text: the shipped code has no switch for either.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INodeType } from 'n8n-workflow';

/** How much faster: a minute takes 300 milliseconds. */
export const SPEED = 200;

/** With many executions at a time, the work between the waiting takes longer: a minute takes 3 seconds. */
export const SPEED_SIDE_BY_SIDE = 20;

const dist = path.join(__dirname, '../../../dist');
const NODE = 'nodes/MicrosoftPartnerCenter';

interface Patch {
	/** Below the node's folder. */
	file: string;
	from: string;
	to: string;
}

/** A request is not given up before, in real time: a busy machine may need that long to answer. */
const MIN_TIMEOUT_MS = 1_500;

/** Waiting is faster; the date is not: a token is good for an hour of it, however long a run takes. */
const faster = (speed: number): Patch[] => [
	{
		file: 'n8n/clock.js',
		from: 'monotonic: () => performance.now()',
		to: `monotonic: () => performance.now() * ${speed}`,
	},
	{
		file: 'n8n/clock.js',
		from: 'sleep: async (milliseconds) => await n8n_workflow_1.sleep(milliseconds)',
		to: `sleep: async (milliseconds) => await n8n_workflow_1.sleep(milliseconds / ${speed})`,
	},
	{
		file: 'n8n/clock.js',
		from: 'sleep: async (milliseconds) => {',
		to: `sleep: async (asked) => { const milliseconds = asked / ${speed};`,
	},
	{
		file: 'n8n/transport.js',
		from: 'timeout: request.timeout,',
		to: `timeout: Math.max(request.timeout / ${speed}, ${MIN_TIMEOUT_MS}),`,
	},
	// What others do is waited for: they work no faster, and less so on a busy machine.
	{
		file: 'client/waitUpTo.js',
		from: 'const until = clock.monotonic() + milliseconds;',
		to: `const until = clock.monotonic() + Math.max(milliseconds, ${2 * MIN_TIMEOUT_MS * speed});`,
	},
];

/** Only waiting runs faster, not the work between: measured in fast minutes, an item takes long. */
const MORE_PATIENT: Patch = {
	file: 'client/retry.js',
	from: 'exports.MAX_RETRYING_MS = 15 * 60_000;',
	to: 'exports.MAX_RETRYING_MS = Number.MAX_SAFE_INTEGER;',
};

/** The time for a poll of the trigger is up as soon as it has read a page. */
const ONE_PAGE_A_POLL: Patch = {
	file: 'trigger/poll.js',
	from: 'const READING_SHARE = 0.6;',
	to: 'const READING_SHARE = 0;',
};

const NO_RESOLVED_LANE: Patch = {
	file: 'n8n/customerState.js',
	from: 'const leave = await lanes.enter(key, signal);',
	to: `return await run({ known: new Set(), confirmed: [] });
    const leave = undefined;`,
};

/** What the node promises, and the least change that breaks it. */
export const MUTATIONS = {
	'retry identity': {
		file: 'client/Requester.js',
		from: 'tried = await this.attempt(',
		to: "request.headers['MS-RequestId'] = newId(); tried = await this.attempt(",
	},
	reconciliation: {
		file: 'client/Agreements.js',
		from: 'if (inDoubt && options.isKnownToExist?.() !== true) {',
		to: 'if (false) {',
	},
	'the 429 pause': {
		file: 'client/throttle.js',
		from: 'this.resumeAt = Math.max(this.resumeAt, now + (isNew ? pause : retryAfter));',
		to: '',
	},
	'single-flight refresh': {
		file: 'client/tokenRenewal.js',
		from: 'const known = this.inFlight.get(tokenId);',
		to: 'const known = undefined;',
	},
	// Three things keep it: the lane of what the field says, the order of the customers that are found,
	// and the queue of everybody in the process who confirms one customer.
	'same-customer order': [
		{
			file: 'resources/customerAgreement/confirm.run.js',
			from: 'lane: CustomerResolver_1.laneOf(customer),',
			to: '',
		},
		{
			file: 'resources/customerAgreement/confirm.run.js',
			from: 'if (!(await this.order.turnOf(item, customer, customerId)))',
			to: 'if (false)',
		},
		NO_RESOLVED_LANE,
	],
} satisfies Record<string, Patch | Patch[]>;

export type Mutation = keyof typeof MUTATIONS;

/** What executions at the same time promise each other, and the least change that breaks it. */
export const SIDE_BY_SIDE_MUTATIONS = {
	'the shared gate': {
		file: 'n8n/client.js',
		from: 'async () => (await shared()).throttle',
		to: '((own) => async () => own)(new throttle_1.Throttle(clock))',
	},
	'the renewal that no cancel ends': {
		file: 'client/tokenRenewal.js',
		from: 'const renewal = this.renewals.renew(token.id, () => this.tokens.renew());',
		to: `const renewal = this.renewals.renew(token.id, async () => {
            const ended = this.clock.sleep(1e9).then(() => undefined);
            await Promise.race([this.tokens.renew(), ended]);
        });`,
	},
	'the resolved lane': NO_RESOLVED_LANE,
} satisfies Record<string, Patch>;

/** What the trigger promises, and the least change that breaks it. */
export const TRIGGER_MUTATIONS = {
	"the trigger's cursor": {
		file: 'trigger/pollState.js',
		from: 'return { ...state, reading: { page, last, asOf, pages } };',
		to: 'return state;',
	},
} satisfies Record<string, Patch>;

export type TriggerMutation = keyof typeof TRIGGER_MUTATIONS;

export type SideBySideMutation = keyof typeof SIDE_BY_SIDE_MUTATIONS;

function apply(folder: string, { file, from, to }: Patch): void {
	const target = path.join(folder, NODE, file);
	const text = readFileSync(target, 'utf8');
	if (text.split(from).length !== 2) {
		throw new Error(`${file} does not contain "${from}" exactly once`);
	}
	writeFileSync(target, text.replace(from, to));
}

export interface PackageCopy {
	node: INodeType;
	trigger: INodeType;
	remove(): void;
}

/** @param without the guarantee to take out; none for the package as it is, only faster */
export function copyPackage(
	without?: Mutation | SideBySideMutation | TriggerMutation,
	speed = SPEED,
): PackageCopy {
	const folder = mkdtempSync(path.join(tmpdir(), 'chaos-package-'));
	cpSync(dist, folder, { recursive: true });
	for (const patch of [...faster(speed), MORE_PATIENT, ONE_PAGE_A_POLL]) apply(folder, patch);
	if (without !== undefined) {
		const mutations: Record<string, Patch | Patch[]> = {
			...MUTATIONS,
			...SIDE_BY_SIDE_MUTATIONS,
			...TRIGGER_MUTATIONS,
		};
		for (const patch of [mutations[without] ?? []].flat()) apply(folder, patch);
	}
	/* eslint-disable @typescript-eslint/no-require-imports -- the built files, as n8n loads them */
	const { MicrosoftPartnerCenter } = require(
		path.join(folder, NODE, 'MicrosoftPartnerCenter.node.js'),
	) as { MicrosoftPartnerCenter: new () => INodeType };
	const { MicrosoftPartnerCenterTrigger } = require(
		path.join(folder, NODE, 'MicrosoftPartnerCenterTrigger.node.js'),
	) as { MicrosoftPartnerCenterTrigger: new () => INodeType };
	/* eslint-enable */
	return {
		node: new MicrosoftPartnerCenter(),
		trigger: new MicrosoftPartnerCenterTrigger(),
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}
