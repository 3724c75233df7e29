/** Which template an agreement is made from: it decides what kind of agreement is recorded. */
import { PartnerCenterError } from './errors';
import type { PartnerCenterClient } from './PartnerCenterClient';
import type { CallOptions } from './Requester';
import type { AgreementTemplate, AgreementTypeFilter } from './schemas';

export type TemplateChoice = { templateId: string } | { fault: string; fix: string };

/**
 * Looks the templates up once and answers from then on from that; one request however many ask.
 *
 * A template ID of another type would silently make another kind of agreement, whatever `type` the
 * request names (https://github.com/microsoft/Partner-Center-Java/issues/86), so it is refused.
 *
 * @returns a function of the template ID wanted (undefined: the one with the highest versionRank)
 */
export function currentTemplates(
	client: PartnerCenterClient,
	type: AgreementTypeFilter,
): (wanted: string | undefined, call: CallOptions) => Promise<TemplateChoice> {
	let asked: Promise<AgreementTemplate[]> | undefined;
	return async (wanted, call) => {
		asked ??= client.getAgreementMetadata(type, call);
		const templates = (await asked).filter(({ agreementType }) => agreementType === type);
		if (wanted === undefined) return { templateId: newestOf(templates, type).templateId };
		const match = templates.find(({ templateId }) => templateId.toLowerCase() === wanted);
		if (match !== undefined) return { templateId: match.templateId };
		const known = templates.map(({ templateId }) => templateId).join(', ') || 'none';
		return {
			fault: `is not a template of the Microsoft Customer Agreement: "${wanted}"`,
			fix: `Leave it empty to use the current template. Partner Center lists: ${known}.`,
		};
	};
}

function newestOf(templates: AgreementTemplate[], type: string): AgreementTemplate {
	const [first, ...others] = templates;
	if (first === undefined) {
		throw new PartnerCenterError(
			`Partner Center lists no template of type ${type}`,
			"Check that the credential's tenant is enrolled in the CSP program, then run this item again.",
		);
	}
	return others.reduce((best, one) => (one.versionRank > best.versionRank ? one : best), first);
}
