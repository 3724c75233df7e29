/**
 * How n8n polls, as read in n8n 1.123.81 and 2.41.3: what a poll writes into its static data stays
 * in memory, and is stored with the next event and after every activation (`active-workflow-manager`).
 * With durable poll cursors (`N8N_POLLER_DURABLE_CURSORS_ENABLED`), each poll gets a copy of what is
 * stored, and what it wrote is stored unless it throws (`trigger-execution-context.factory`).
 */
import type { IDataObject, INode, IPollFunctions } from 'n8n-workflow';

import { pollOnce } from '../../../nodes/MicrosoftPartnerCenter/trigger/poll';

export interface HostSettings {
	kind: 'inMemory' | 'durable';
	/** Milliseconds; n8n 1.x sets none. */
	budget: number | undefined;
	send: (
		type: string,
		options: { url: string; headers: Record<string, string> },
	) => Promise<object>;
}

let hosts = 0;

/**
 * A trigger with a credential of its own: what a process learns with a credential, such as a pause
 * that was asked for, must not reach another host, whose simulated clock begins anew.
 */
const newTrigger = (): INode => ({
	id: '1',
	name: 'Partner Center',
	type: 'microsoftPartnerCenterTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: { event: 'agreementConfirmed' },
	credentials: {
		microsoftPartnerCenterOAuth2Api: { id: String(++hosts), name: 'Partner Center' },
	},
});

const credential = {
	environment: 'partnerCenter',
	apiBaseUrl: 'https://api.partnercenter.microsoft.com',
	oauthTokenData: { access_token: 'a', refresh_token: 'r' },
};

export interface Polled {
	ids: string[];
	/** What the poll threw: n8n shows it as an execution that failed. */
	thrown?: unknown;
}

export class PollingHost {
	/** What n8n would find after a restart, as text. */
	stored = '{}';
	readonly logged: string[] = [];
	private memory: IDataObject = {};
	private readonly node = newTrigger();

	constructor(private readonly settings: HostSettings) {}

	/** n8n starts: it loads what is stored, polls once, and stores what that made of it. */
	async activate(): Promise<Polled> {
		this.memory = JSON.parse(this.stored) as IDataObject;
		const polled = await this.poll();
		if (polled.thrown === undefined) this.store(this.memory);
		return polled;
	}

	/** What one poll emits. */
	async poll(): Promise<Polled> {
		const isDurable = this.settings.kind === 'durable';
		const data = isDurable ? (JSON.parse(this.stored) as IDataObject) : this.memory;
		try {
			const output = await inSimulatedTime(pollOnce(this.contextWith(data)));
			if (isDurable) this.memory = data;
			if (isDurable || output !== null) this.store(data);
			return { ids: (output?.[0] ?? []).map(({ json }) => String(json.id)) };
		} catch (thrown) {
			return { ids: [], thrown };
		}
	}

	/** n8n 1.x polls again though the poll before is not done yet. */
	async pollTwiceAtOnce(): Promise<string[]> {
		const both = Promise.all([
			pollOnce(this.contextWith(this.memory)).catch(() => null),
			pollOnce(this.contextWith(this.memory)).catch(() => null),
		]);
		const outputs = await inSimulatedTime(both);
		if (outputs.some((output) => output !== null)) this.store(this.memory);
		return outputs.flatMap((output) => output?.[0] ?? []).map(({ json }) => String(json.id));
	}

	private store(data: IDataObject): void {
		this.stored = JSON.stringify(data);
	}

	private contextWith(data: IDataObject): IPollFunctions {
		const { budget, send } = this.settings;
		const log = (message: string) => this.logged.push(message);
		return {
			getNode: () => this.node,
			getMode: () => 'trigger',
			getNodeParameter: (name: string, fallback: unknown) => this.node.parameters[name] ?? fallback,
			getWorkflowStaticData: () => data,
			getCredentials: async () => credential,
			helpers: { httpRequestWithAuthentication: send },
			logger: { info: log, warn: log, error: log, debug: () => undefined },
			...(budget === undefined ? {} : { getPollBudgetMs: () => budget }),
		} as unknown as IPollFunctions;
	}
}

/** Lets jest's clock run until the work is done. */
export async function inSimulatedTime<T>(work: Promise<T>): Promise<T> {
	let isDone = false;
	const finished = work.finally(() => {
		isDone = true;
	});
	finished.catch(() => undefined);
	while (!isDone) {
		await new Promise((resolve) => setImmediate(resolve));
		if (isDone || jest.getTimerCount() === 0) continue;
		await jest.advanceTimersToNextTimerAsync();
		// A wait for less than a millisecond is none to jest's clock, and would be asked for for ever.
		jest.advanceTimersByTime(1);
	}
	return await finished;
}
