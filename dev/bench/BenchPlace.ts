/**
 * Where the rounds run: n8n 2.x with the packed package and the naive node inside, and one emulator.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { z } from 'zod';

import { installN8n, type InstalledN8n } from '../n8n/install';
import { N8n } from '../n8n/N8n';
import { packTarball, type Tarball } from '../n8n/packTarball';
import { publishWorkflow } from '../n8n/publishWorkflow';
import { importCredential, importWorkflows } from '../n8n/sampleContent';
import type { ImportableWorkflow } from '../n8n/sampleContent';
import { Session } from '../n8n/Session';
import { until } from '../n8n/waiting';
import { EmulatorProcess } from './emulatorProcess';
import type { Contender } from './workflows';

const METER = join(__dirname, 'nodeMeter.cjs');
const NAIVE_NODE = join(__dirname, 'naiveNode');
const SECOND = 1000;
/** Of a throw-away instance that listens on this machine only. */
const OWNER = { email: 'owner@example.com', password: 'Throw-away-1' };

const meterSchema = z.object({
	peakBytes: z.number(),
	peakLiveBytes: z.number(),
	nodes: z.array(
		z.object({
			name: z.string(),
			/** n8n's own figure, as in the execution's run data; milliseconds. */
			executionTime: z.number(),
			wall: z.number(),
			cpu: z.number(),
			items: z.array(z.number()),
			failed: z.string().nullable(),
		}),
	),
});

/** What one execution of a workflow took. Times in milliseconds, of the job's nodes together. */
export interface Round {
	/** n8n's `executionTime` of these nodes in the execution's run data. */
	wall: number;
	/** User and system time of n8n's process while these nodes ran. */
	cpu: number;
	/** Highest resident memory of n8n's process, in bytes. */
	peak: number;
	/** Highest memory in use after garbage was collected, in bytes; 0 where that was not asked for. */
	peakLive: number;
	/** Items on each output of the job's last node. */
	items: number[];
}

export interface ExecuteOptions {
	/** Where to write CPU profiles of the job's nodes. */
	profile?: string;
	/** Whether to look at live memory, which takes time. */
	live?: boolean;
	/** Further variables of n8n. */
	environment?: NodeJS.ProcessEnv;
}

export class BenchPlace {
	/** What n8n's database holds, by id. */
	private readonly imported = new Map<string, string>();
	private readonly published = new Set<string>();
	private owner?: Session;
	private readonly ends: Array<() => Promise<void>> = [];
	private ending: Promise<void> | undefined;

	private constructor(
		readonly installed: InstalledN8n,
		readonly tarball: Tarball,
		/** Where n8n has unpacked the tarball. */
		readonly packageFolder: string,
		readonly emulator: EmulatorProcess,
		/** For what a measurement writes; it goes when the place is closed. */
		readonly folder: string,
		private readonly n8n: N8n,
	) {}

	static async open(progress: (line: string) => void): Promise<BenchPlace> {
		const installed = await installN8n('2', progress);
		const folder = mkdtempSync(join(tmpdir(), 'partner-center-bench-'));
		const tarball = packTarball(join(folder, 'package'));
		const n8n = new N8n(installed, folder);
		n8n.installPackage(tarball);
		n8n.installPackage(packNaiveNode(join(folder, 'package')));
		const emulator = await EmulatorProcess.start();
		try {
			await importCredential(n8n, await emulator.credentialData());
		} catch (error) {
			emulator.stop();
			throw error;
		}
		const packageFolder = join(n8n.nodesFolder, 'node_modules', tarball.name);
		return new BenchPlace(installed, tarball, packageFolder, emulator, folder, n8n);
	}

	/** Imports what n8n's database does not hold yet; each import is a start of n8n. */
	async bring(contenders: Contender[]): Promise<void> {
		const contentOf = ({ workflow }: Contender) => JSON.stringify(workflow);
		const missing = contenders.filter(
			(one) => this.imported.get(one.workflow.id) !== contentOf(one),
		);
		if (missing.length === 0) return;
		await importWorkflows(
			this.n8n,
			missing.map(({ workflow }) => workflow),
		);
		for (const one of missing) this.imported.set(one.workflow.id, contentOf(one));
	}

	/** From now on n8n's credential calls the emulator by this address. */
	async useServer(emulatorUrl: string): Promise<void> {
		await importCredential(this.n8n, { ...(await this.emulator.credentialData()), emulatorUrl });
	}

	/** Runs a workflow with `n8n execute` and reads what its nodes took. */
	async execute(
		{ workflow, nodes }: Contender,
		{ profile, live = false, environment }: ExecuteOptions = {},
	): Promise<Round> {
		await this.bring([{ workflow, nodes }]);
		const meter = join(this.folder, 'meter.json');
		rmSync(meter, { force: true });
		const { code, stdout, stderr } = await this.n8n.command(
			['execute', `--id=${workflow.id}`, '--rawOutput'],
			{
				...environment,
				NODE_OPTIONS: `--require ${METER}`,
				BENCH_METER: meter,
				...(live ? { BENCH_LIVE: 'yes' } : {}),
				...(profile === undefined
					? {}
					: { BENCH_PROFILE: profile, BENCH_PROFILE_NODES: nodes.join(',') }),
			},
		);
		if (code !== 0) {
			throw new Error(
				`n8n execute ended with ${code}: ${stderr.slice(-2000)} ${stdout.slice(-2000)}`,
			);
		}
		const metered = meterSchema.parse(JSON.parse(readFileSync(meter, 'utf8')));
		const job = metered.nodes.filter(({ name }) => nodes.includes(name));
		const failed = job.find((node) => node.failed !== null);
		if (failed !== undefined) throw new Error(`${failed.name}: ${failed.failed}`);
		if (job.length !== nodes.length) throw new Error(`Not all of ${nodes.join(', ')} ran`);
		const sum = (of: 'executionTime' | 'cpu') => job.reduce((total, node) => total + node[of], 0);
		return {
			wall: sum('executionTime'),
			cpu: sum('cpu'),
			peak: metered.peakBytes,
			peakLive: metered.peakLiveBytes,
			items: job.at(-1)?.items ?? [],
		};
	}

	/**
	 * An n8n that answers the workflows' webhooks, for as long as the work takes; what still runs then
	 * ends with it.
	 *
	 * @param work gets the webhooks' addresses, in the order of the workflows
	 */
	async serve<T>(
		workflows: ImportableWorkflow[],
		work: (urls: string[]) => Promise<T>,
	): Promise<T> {
		const server = await this.n8n.start();
		try {
			this.owner = await (this.owner === undefined
				? Session.setUpOwner(server.url, OWNER)
				: Session.signIn(server.url, OWNER));
			await this.emulator.prepare(1, {});
			const urls: string[] = [];
			for (const workflow of workflows) {
				// Once published, it is active again whenever n8n starts.
				if (!this.published.has(workflow.id)) {
					await publishWorkflow(this.owner, this.installed.major, workflow);
					this.published.add(workflow.id);
				}
				const url = `${server.url}/webhook/${workflow.name}`;
				await until(
					'n8n answers the webhook',
					async () => {
						const { status } = await fetch(url, { method: 'POST' });
						return status !== 404;
					},
					{ timeout: 60 * SECOND },
				);
				urls.push(url);
			}
			return await work(urls);
		} finally {
			await server.stop();
		}
	}

	/** What has to end with the bench, also when it is interrupted. */
	atTheEnd(end: () => Promise<void>): void {
		this.ends.unshift(end);
	}

	/** Ends what was started for one measurement; whoever asks meanwhile waits for the same end. */
	async endWhatRuns(): Promise<void> {
		this.ending ??= this.endAll().finally(() => (this.ending = undefined));
		await this.ending;
	}

	private async endAll(): Promise<void> {
		const failures: unknown[] = [];
		for (const end of this.ends.splice(0)) {
			await end().catch((error: unknown) => failures.push(error));
		}
		if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be ended');
	}

	async close(): Promise<void> {
		try {
			await this.endWhatRuns();
		} finally {
			this.stop();
		}
	}

	private stop(): void {
		this.emulator.stop();
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: SECOND });
	}
}

/** The naive node goes the way of every community node: packed, then installed. */
function packNaiveNode(into: string): Tarball {
	const output = execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', into], {
		cwd: NAIVE_NODE,
		encoding: 'utf8',
	});
	const [packed] = z
		.array(z.object({ filename: z.string(), name: z.string() }))
		.length(1)
		.parse(JSON.parse(output));
	if (packed === undefined) throw new Error('npm packed nothing');
	return { name: packed.name, file: join(into, packed.filename) };
}
