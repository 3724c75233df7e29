/** One look at a Partner Center: what its calls showed, each made once, whoever asks. */
import { randomUUID } from 'node:crypto';
import type { ApiClient } from './wire/ApiClient';
import type { Tokens } from './signIn/Tokens';
import { agreementLists } from './observations/agreementLists';
import { attestations, type Acceptance } from './observations/attestations';
import { auditLatency } from './observations/auditLatency';
import { confirmations } from './observations/confirmations';
import { customerPages } from './observations/customerPages';
import { once } from './observations/once';

export interface SurveyOptions {
	/** A customer for whom the documented writes are made; without one nothing is written. */
	writeTo?: string;
	/** How long to wait for the record of a confirmation. */
	auditWaitSeconds: number;
	/** Only where the customer's page is the emulator's: at Microsoft a person accepts. */
	acceptance?: Acceptance;
}

export class Survey {
	constructor(
		readonly client: ApiClient,
		readonly tokens: Tokens,
		readonly options: SurveyOptions,
	) {}

	readonly customerPages = once(async () => await customerPages(this.client));

	/** Of the first customers of the list, and of the one that is written to, before it is. */
	readonly agreementLists = once(async () => {
		const { whole } = await this.customerPages();
		const { writeTo } = this.options;
		const ids = (whole?.items ?? []).map(({ id }) => id);
		return await agreementLists(this.client, [...(writeTo === undefined ? [] : [writeTo]), ...ids]);
	});

	readonly unknownCustomer = once(
		async () => await this.client.call({ method: 'GET', path: `/v1/customers/${randomUUID()}` }),
	);

	/** Of the first customer of the list, else of the one that is written to. */
	readonly validationStatus = once(async () => {
		const [first] = (await this.customerPages()).whole?.items ?? [];
		const id = first?.id ?? this.options.writeTo;
		if (id === undefined) return undefined;
		return await this.client.call({
			method: 'GET',
			path: `/v1/customers/${id}/validationStatus`,
			query: { type: 'account' },
		});
	});

	/** Undefined when nothing is to be written. */
	readonly confirmations = once(async () => {
		const { writeTo } = this.options;
		if (writeTo === undefined) return undefined;
		await this.agreementLists();
		return await confirmations(this.client, writeTo);
	});

	/** Undefined when nothing is to be written. */
	readonly attestations = once(async () => {
		const { writeTo, acceptance } = this.options;
		if (writeTo === undefined) return undefined;
		// Its agreement is recorded too: the record of the confirmation is looked for before.
		if (acceptance !== undefined) await this.auditLatency();
		return await attestations(this.client, writeTo, acceptance);
	});

	/** Undefined when nothing was confirmed, or its record did not come in time. */
	readonly auditLatency = once(async () => {
		const { writeTo, auditWaitSeconds } = this.options;
		const written = await this.confirmations();
		if (writeTo === undefined || written?.auditLook === undefined) return undefined;
		const [page] = (await this.customerPages()).small;
		// Where lists are empty for ever, this one would be waited for in vain.
		if (page?.items.length === 0 && page.links.next !== undefined) return undefined;
		const { first: confirmation, auditLook: first } = written;
		const start = { confirmation, first };
		return await auditLatency(this.client, writeTo, start, auditWaitSeconds);
	});
}
