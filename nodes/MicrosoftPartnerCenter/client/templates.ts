/** Which template an agreement is made from: it decides what kind of agreement is recorded. */
import type { Agreements } from './Agreements';
import type { Clock } from './clock';
import { PartnerCenterError } from './errors';
import type { CallOptions } from './Requester';
import type { AgreementTemplate, AgreementTypeFilter } from './schemas';
import { SharedLookup } from './SharedLookup';

/** `listed`: the IDs that there are, where the one that was asked for is none of them. */
export type TemplateChoice = { templateId: string } | { listed: string[] };

export interface TemplateResolverOptions {
	client: { agreements: Pick<Agreements, 'listTemplates'> };
	type: AgreementTypeFilter;
	/** The execution's. */
	clock: Clock;
	/** The look-up that everybody with the same credential shares; it may be impossible to find. */
	lookup: () => Promise<SharedTemplates>;
}

export interface SharedTemplates {
	lookup: SharedLookup<AgreementTemplate[]>;
	/** Of those who may wait for each other; see `SharedLookup.get`. */
	group: string;
}

/** What was looked up within this time, in milliseconds, is not out of date. */
const FRESH_MS = 60_000;
/** A refusal with one of these has another reason than a template that is out of date. */
const NEVER_THE_TEMPLATE = new Set([401, 403, 408, 429]);

/**
 * Looks the templates up once for everybody and answers from then on from that.
 *
 * A template ID of another type would silently make another kind of agreement, whatever `type` the
 * request names (https://github.com/microsoft/Partner-Center-Java/issues/86), so it is refused.
 */
export class TemplateResolver {
	/** Used if the shared one can't be had because the credential can't be read; the request then says why. */
	private readonly own: SharedTemplates;

	constructor(private readonly options: TemplateResolverOptions) {
		this.own = { lookup: new SharedLookup(options.clock, FRESH_MS), group: '' };
	}

	/**
	 * @param templateId a template ID in lower case; undefined: the one with the highest versionRank
	 * @throws {PartnerCenterError} when the templates can't be looked up
	 */
	async resolve(templateId: string | undefined, call: CallOptions): Promise<TemplateChoice> {
		const shared = await this.shared();
		const { lookup } = shared;
		const templates = await this.list(shared, call);
		// An empty list is not kept: it would be wrong for an hour.
		if (templates.length === 0) lookup.forgetOlderThan(-1);
		if (templateId === undefined) {
			return { templateId: newestTemplate(templates, this.options.type).templateId };
		}
		const isMatch = (one: AgreementTemplate) => one.templateId.toLowerCase() === templateId;
		let match = templates.find(isMatch);
		if (match === undefined && lookup.forgetOlderThan(FRESH_MS)) {
			match = (await this.list(shared, call)).find(isMatch);
		}
		if (match !== undefined) return { templateId: match.templateId };
		return { listed: templates.map(({ templateId }) => templateId) };
	}

	/** A confirmation was refused: if an outdated template may be why, the next one looks it up anew. */
	async forgetIfOutdated(error: unknown): Promise<void> {
		const status = error instanceof PartnerCenterError ? (error.facts.status ?? 0) : 0;
		if (status < 400 || status >= 500 || NEVER_THE_TEMPLATE.has(status)) return;
		(await this.shared()).lookup.forgetOlderThan(FRESH_MS);
	}

	private async shared(): Promise<SharedTemplates> {
		return await this.options.lookup().catch(() => this.own);
	}

	private async list(
		{ lookup, group }: SharedTemplates,
		call: CallOptions,
	): Promise<AgreementTemplate[]> {
		const { client, type, clock } = this.options;
		const ask = async () => await client.agreements.listTemplates(type, call);
		const templates = await lookup.get(ask, call, clock, group);
		return templates.filter(({ agreementType }) => agreementType === type);
	}
}

function newestTemplate(templates: AgreementTemplate[], type: string): AgreementTemplate {
	const [first, ...others] = templates;
	if (first === undefined) {
		throw new PartnerCenterError({ kind: 'noTemplate', type });
	}
	return others.reduce((best, one) => (one.versionRank > best.versionRank ? one : best), first);
}
