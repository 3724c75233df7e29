/** The templates of the Customer Agreement, known to all executions with the same credential. */
import { CUSTOMER_AGREEMENT } from '../client/schemas';
import { TemplateResolver } from '../client/templates';
import type { ExecutionClient } from '../n8n/client';

export function customerAgreementTemplates({
	client,
	clock,
	shared,
}: ExecutionClient): TemplateResolver {
	const lookup = async () => {
		const { templates, tokenId } = await shared();
		return { lookup: templates(CUSTOMER_AGREEMENT), group: tokenId };
	};
	return new TemplateResolver({ client, clock, lookup, type: CUSTOMER_AGREEMENT });
}
