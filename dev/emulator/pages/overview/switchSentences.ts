/** What each switch does, in a sentence. */
import type { Switches } from '../../switches';

export const switchSentences: Readonly<Record<keyof Switches, string>> = {
	duplicateStatus:
		'HTTP status when the same contact is confirmed again (code 600061): 409 or 400.',
	errorCodeType: 'Whether the code of a refusal is a number or a string.',
	missingType:
		'A confirmation without a type: the template decides, or it is refused with code 3000.',
	cloudAgreement:
		'A confirmation of the Microsoft Cloud Agreement: refused in the older or the newer shape of errors, or accepted.',
	cloudAgreementStatus: 'HTTP status of that refusal: 400, 403 or 404.',
	noAgreements:
		'A customer without agreements answers with an empty list, or with code 600009 and status 404.',
	bom: 'API answers start with a UTF-8 byte order mark.',
	refuseReusedRefreshToken: 'A refresh token works once; using it again is refused.',
	replaySameRequestId:
		'The same MS-RequestId with the same body repeats the first answer instead of writing again.',
	tidyContacts:
		'Answers show a contact tidied: e-mail address in small letters, phone number by its digits, names with spaces folded.',
	linkPrefix:
		'Links begin without a prefix (/customers), with the version (/v1/customers), or with the whole address.',
	defaultPageSize: 'Customers on a page when the caller asks for no size.',
	totalCount: 'What totalCount of a list counts: everything, or the items of the page.',
	pageLoop: 'The link to the next page leads to the same page, for ever.',
	documentLinkLifetime: 'Seconds until the links to an agreement’s document expire.',
	documentBytes: 'Size of the Word file in bytes; 0 gives a small one.',
	unknownTemplateStatus:
		'HTTP status for the document of a template that does not exist: 404 (code 1000) or 400 (code 3000).',
	unknownCountryStatus:
		'HTTP status for the document in a country that does not exist: 404 (code 1000) or 400 (code 3000).',
	auditDelay: 'Seconds until an audit record shows up.',
	auditWindow: 'More than 30 days of audit records: the oldest 30 of them, or refused.',
	listCustomersTwice: 'Every customer is listed twice.',
	endlessList: 'A list without an end: empty pages, or its first item again and again.',
	legacyConfirmation:
		'The confirmation by contact and date is accepted, refused as retired, or refused without a reason. Both refusals are invented.',
	attestation: 'The enhanced attestation, provisional: off, or preview. Most of it is invented.',
	attestationAcceptance:
		'Who accepts an attestation: the customer on its page, or nobody has to. Invented.',
	attestationLinkLifetime: 'Minutes until the link of an attestation expires: 5 to 10,080.',
	attestationDelay: 'Seconds until the acceptance of an attestation shows: up to 300.',
};
