/**
 * The two agreement templates of Microsoft's documentation, as the metadata call lists them.
 * Source: get-customer-agreement-metadata and get-agreement-metadata on Microsoft Learn.
 */
import { z } from 'zod';

export const agreementTypeSchema = z.enum([
	'MicrosoftCustomerAgreement',
	'MicrosoftCloudAgreement',
]);

export const templateSchema = z
	.object({
		templateId: z.string(),
		agreementType: agreementTypeSchema,
		agreementLink: z.string().default('https://aka.ms/customeragreement'),
		versionRank: z.number().int().default(0),
	})
	.strict();

export type AgreementType = z.infer<typeof agreementTypeSchema>;
export type AgreementTemplate = z.output<typeof templateSchema>;

export const MCA_TEMPLATE_ID = '117a77b0-9360-443b-8795-c6dedc750cf9';
export const CLOUD_TEMPLATE_ID = '998b88de-aa99-4388-a42c-1b3517d49490';

export const documentedTemplates: readonly AgreementTemplate[] = [
	{
		templateId: MCA_TEMPLATE_ID,
		agreementType: 'MicrosoftCustomerAgreement',
		agreementLink: 'https://aka.ms/customeragreement',
		versionRank: 0,
	},
	{
		templateId: CLOUD_TEMPLATE_ID,
		agreementType: 'MicrosoftCloudAgreement',
		agreementLink: 'https://docs.microsoft.com/partner-center/agreements',
		versionRank: 0,
	},
];
