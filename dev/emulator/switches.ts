/**
 * What Microsoft leaves undocumented is a switch, so that a client can be tried against every
 * plausible Partner Center; and so is what a test cannot wait for.
 */
import { z } from 'zod';

export const switchesSchema = z
	.object({
		/** HTTP status of error 600061; no page documents it. */
		duplicateStatus: z.union([z.literal(409), z.literal(400)]),
		/** Type of `code` in errors: the service's answers show a number, the error page a text. */
		errorCodeType: z.enum(['number', 'string']),
		/** A confirmation without a type: the template decides, as Microsoft's SDKs need it, or error 3000. */
		missingType: z.enum(['fromTemplate', 'refuse']),
		/**
		 * A confirmation of the Microsoft Cloud Agreement, whose template is listed and no longer supported:
		 * refused in the older or the newer shape of errors, or accepted, as it was before 2020.
		 */
		cloudAgreement: z.enum(['refuse', 'refuseNewerShape', 'accept']),
		/** HTTP status of that refusal; nobody shows it. */
		cloudAgreementStatus: z.union([z.literal(400), z.literal(403), z.literal(404)]),
		/** A customer without agreements: an empty list, or error 600009 with HTTP 404. */
		noAgreements: z.enum(['emptyList', '600009']),
		/** API answers start with a UTF-8 byte order mark, as some clients have seen. */
		bom: z.boolean(),
		/** A refresh token answers once; the second use is invalid_grant. */
		refuseReusedRefreshToken: z.boolean(),
		/** The same MS-RequestId with the same body replays the first answer of a write. */
		replaySameRequestId: z.boolean(),
		/**
		 * Answers show a contact tidied: the e-mail address in small letters, the phone number by its
		 * digits, names with spaces folded and letters composed. What is kept, and compared, is as it came.
		 */
		tidyContacts: z.boolean(),
		/**
		 * How the uris of links begin: as `/customers` in Microsoft's examples, as `/v1/customers` in
		 * production since November 2021 (Partner-Center-PowerShell#379), or with the whole address.
		 */
		linkPrefix: z.enum(['none', 'v1', 'absolute']),
		/** Customers on a page when no size is asked for; no page documents it. */
		defaultPageSize: z.number().int().positive(),
		/**
		 * What `totalCount` of a collection in pages counts: everything, or the items of the page, as the
		 * property of Microsoft's .NET SDK does.
		 */
		totalCount: z.enum(['all', 'page']),
		/** `links.next` leads to the page it stands on, for ever. */
		pageLoop: z.boolean(),
		/** Seconds until the links to an agreement's document expire; counted from the call that gave them. */
		documentLinkLifetime: z.number().nonnegative(),
		/** Size of the Word file in bytes; 0, or anything below what it needs, gives a small one. */
		documentBytes: z.number().int().nonnegative(),
		/** HTTP status for the document of a template that does not exist: 404 1000 or 400 3000. */
		unknownTemplateStatus: z.union([z.literal(404), z.literal(400)]),
		/** HTTP status for the document in a country that does not exist: 404 1000 or 400 3000. */
		unknownCountryStatus: z.union([z.literal(404), z.literal(400)]),
		/** Seconds until an audit record shows up; no page documents it. */
		auditDelay: z.number().nonnegative(),
		/** More than 30 days of audit records: the oldest 30 of them, or error 3000. */
		auditWindow: z.enum(['truncate', 'refuse']),
		/** Every customer is listed twice, as for a direct-bill partner who is an indirect reseller too. */
		listCustomersTwice: z.boolean(),
		/** A list without an end: empty pages, or the first item again and again; only the token changes. */
		endlessList: z.enum(['off', 'empty', 'repeated']),
		/**
		 * The older confirmation: accepted, refused as retired, or refused without a reason. Microsoft
		 * announced its end for 5 January 2026; both refusals are INVENTED.
		 */
		legacyConfirmation: z.enum(['accept', 'refuse', 'refuseUnexplained']),
		/** The provisional enhanced attestation (`attestation/`), most of which is INVENTED. */
		attestation: z.enum(['off', 'preview']),
		/** INVENTED: who accepts an attestation: a person on its page, or nobody has to. */
		attestationAcceptance: z.enum(['byCustomer', 'atOnce']),
		/** Minutes until the link of an attestation expires; vendors let one choose 5 to 10,080. */
		attestationLinkLifetime: z.number().min(5).max(10_080),
		/** Seconds until an acceptance shows; up to five minutes, by a vendor's word. */
		attestationDelay: z.number().min(0).max(300),
	})
	.strict();

export const partialSwitchesSchema = switchesSchema.partial();

export type Switches = z.infer<typeof switchesSchema>;
export type SwitchesInput = z.input<typeof partialSwitchesSchema>;

export const defaultSwitches: Readonly<Switches> = {
	duplicateStatus: 409,
	errorCodeType: 'number',
	missingType: 'fromTemplate',
	cloudAgreement: 'refuse',
	cloudAgreementStatus: 400,
	noAgreements: 'emptyList',
	bom: false,
	refuseReusedRefreshToken: false,
	replaySameRequestId: true,
	tidyContacts: false,
	linkPrefix: 'v1',
	defaultPageSize: 500,
	totalCount: 'page',
	pageLoop: false,
	documentLinkLifetime: 300,
	documentBytes: 0,
	unknownTemplateStatus: 404,
	unknownCountryStatus: 400,
	auditDelay: 0,
	auditWindow: 'truncate',
	listCustomersTwice: false,
	endlessList: 'off',
	legacyConfirmation: 'accept',
	attestation: 'off',
	attestationAcceptance: 'byCustomer',
	attestationLinkLifetime: 10_080,
	attestationDelay: 0,
};
