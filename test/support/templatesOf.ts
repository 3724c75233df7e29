/** The templates of the Customer Agreement as one execution resolves them, sharing with nobody. */
import type { PartnerCenterClient } from '../../nodes/MicrosoftPartnerCenter/client/PartnerCenterClient';
import type { AgreementTemplate } from '../../nodes/MicrosoftPartnerCenter/client/schemas';
import { SharedLookup } from '../../nodes/MicrosoftPartnerCenter/client/SharedLookup';
import { TemplateResolver } from '../../nodes/MicrosoftPartnerCenter/client/templates';
import { SimulatedClock } from './simulation/SimulatedClock';

export const HOUR_MS = 3_600_000;

export function templatesOf(
	client: PartnerCenterClient,
	clock = new SimulatedClock(),
	lookup = new SharedLookup<AgreementTemplate[]>(clock, HOUR_MS),
): TemplateResolver {
	return new TemplateResolver({
		client,
		clock,
		type: 'MicrosoftCustomerAgreement',
		lookup: () => Promise.resolve({ lookup, group: '' }),
	});
}
