/**
 * n8n in queue mode as a company runs it: a main process, a webhook processor and three workers, each
 * with a user folder of its own and the package unpacked there, sharing a database and a queue.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Pool } from 'pg';

import type { InstalledN8n } from '../install';
import { N8n, type N8nProcess } from '../N8n';
import { packTarball } from '../packTarball';
import { publishWorkflow } from '../publishWorkflow';
import { importCredential, type ImportableWorkflow } from '../sampleContent';
import { Session } from '../Session';
import type { Database } from './postgres';
import type { Redis } from './redis';
import { until } from '../waiting';

/** Of a throw-away instance that listens on this machine only. */
const OWNER = { email: 'owner@example.com', password: 'Throw-away-1' };

/** Milliseconds; n8n's own are 60, 10 and 30 seconds, which would make the test wait for minutes. */
const STALLED_JOBS = {
	QUEUE_WORKER_LOCK_DURATION: '30000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '5000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

type WorkerMachine = 'worker 1' | 'worker 2' | 'worker 3';

/** A process that runs executions, from its start to its end. */
export interface Worker {
	/** `worker 1`, `worker 2`, `worker 2, restarted`. */
	name: string;
	process: N8nProcess;
}

export class QueueMode {
	/** All that ever ran, by name. */
	readonly workers: Worker[] = [];
	private readonly machines: Record<'main' | 'webhook' | WorkerMachine, N8n>;
	private main?: N8nProcess;
	private webhook?: N8nProcess;
	private owner?: Session;

	private readonly database: Pool;

	/**
	 * @param folder holds the user folders
	 * @param more variables of n8n, over the ones here
	 */
	constructor(
		private readonly installed: InstalledN8n,
		private readonly folder: string,
		database: Database,
		redis: Redis,
		more: NodeJS.ProcessEnv = {},
	) {
		this.database = database.pool;
		const environment = {
			...database.environment,
			...redis.environment,
			...STALLED_JOBS,
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
			// Webhooks are the webhook processor's business alone.
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
			// No child processes: there is no Code node, and a SIGKILL would leave them behind.
			N8N_RUNNERS_MODE: 'external',
			N8N_RUNNERS_AUTH_TOKEN: randomBytes(16).toString('hex'),
			// Where n8n says that it renews a token.
			N8N_LOG_LEVEL: 'debug',
			...more,
		};
		const machine = (name: string) => new N8n(installed, join(folder, name), environment);
		this.machines = {
			main: machine('main'),
			webhook: machine('webhook'),
			'worker 1': machine('worker-1'),
			'worker 2': machine('worker-2'),
			'worker 3': machine('worker-3'),
		};
	}

	/** Installs the package everywhere, fills the database, and starts all five. */
	async start(credential: Record<string, unknown>, workflows: ImportableWorkflow[]): Promise<void> {
		const tarball = packTarball(join(this.folder, 'package'));
		for (const machine of Object.values(this.machines)) machine.installPackage(tarball);
		const { main, webhook } = this.machines;
		// The first command makes the tables, so that five processes do not do it at the same time.
		await importCredential(main, credential);
		[this.main, this.webhook] = await Promise.all([
			main.start(),
			webhook.start('webhook'),
			this.startWorker('worker 1'),
			this.startWorker('worker 2'),
			this.startWorker('worker 3'),
		]);
		this.owner = await Session.setUpOwner(this.main.url, OWNER);
		for (const workflow of workflows) await this.publish(workflow);
	}

	async startWorker(machine: WorkerMachine): Promise<Worker> {
		const isAgain = this.workers.some(({ name }) => name === machine);
		const worker = {
			name: isAgain ? `${machine}, restarted` : machine,
			process: await this.machines[machine].start('worker'),
		};
		this.workers.push(worker);
		this.workers.sort((a, b) => a.name.localeCompare(b.name));
		return worker;
	}

	/** Where a production webhook is called. */
	webhookUrl(path: string): string {
		if (this.webhook === undefined) throw new Error('The webhook processor is not running');
		return `${this.webhook.url}/webhook/${path}`;
	}

	/** The owner, signed in to the main process. */
	get session(): Session {
		if (this.owner === undefined) throw new Error('n8n is not running');
		return this.owner;
	}

	/** What all processes wrote, for a look after a run that went wrong. */
	get logs(): Record<string, string> {
		const workers = this.workers.map(({ name, process: { log } }) => [name, log] as const);
		return Object.fromEntries([
			['main', this.main?.log ?? ''],
			['webhook', this.webhook?.log ?? ''],
			...workers,
		]);
	}

	async stop(): Promise<void> {
		await Promise.all(Object.values(this.machines).map((machine) => machine.stopAll()));
	}

	private async publish(workflow: ImportableWorkflow): Promise<void> {
		const id = await publishWorkflow(this.session, this.installed.major, workflow);
		// n8n 2.x registers a webhook a moment after it has answered.
		const isRegistered = async () => {
			const query = 'SELECT 1 FROM webhook_entity WHERE "workflowId" = $1';
			return (await this.database.query(query, [id])).rowCount === 1;
		};
		await until(`n8n knows the webhook of ${workflow.name}`, isRegistered, { timeout: 60_000 });
	}
}
