/** The text of an agreement's template, in a language and for a country. */
import { z } from 'zod';

import type { CallOptions, Requester } from './Requester';

const documentSchema = z
	.object({
		downloadUri: z.string().url(),
		displayUri: z.string().nullable().optional(),
		language: z.string().nullable().optional(),
		country: z.string().nullable().optional(),
	})
	.passthrough();
export type DocumentLink = z.infer<typeof documentSchema>;

export class Documents {
	constructor(private readonly requester: Requester) {}

	/**
	 * A fresh link to the document; it lives for five minutes. Where the language is not offered for
	 * the country, Partner Center answers with en-US.
	 *
	 * `GET /v1/agreementtemplates/{agreement-template-id}/document?language={language}&country={country}`
	 *
	 * @param templateId case-sensitive
	 * @param country ISO 3166-1 alpha-2, case-sensitive
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/download-customer-agreement-template
	 */
	async getLink(
		templateId: string,
		language: string,
		country: string,
		call: CallOptions,
	): Promise<DocumentLink> {
		const query = `language=${encodeURIComponent(language)}&country=${encodeURIComponent(country)}`;
		const read = await this.requester.read(
			{
				path: `/v1/agreementtemplates/${encodeURIComponent(templateId)}/document?${query}`,
				schema: documentSchema,
				expected: 'a link to a document',
			},
			call,
		);
		return read.value;
	}
}
