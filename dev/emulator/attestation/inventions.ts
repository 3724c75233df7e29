/**
 * What this module makes up. Of the enhanced attestation, Microsoft's pages as far as they could be
 * read give the address, the sign-in (App-only) and five required properties of the first call; they
 * describe the later steps without their contract. Whatever is below is INVENTED here so that a
 * workflow can be tried out, and will differ from Microsoft's.
 */
export const DOCUMENTED = [
	'POST /v1/attestations/enhanced, App-only',
	'its required properties country, language, companyName, signatoryFirstName and signatoryLastName',
	'that the customer reads and accepts on a page, whose link the partner makes of the attestation’s id',
	'that an agreement is created with the attestation’s id afterwards',
] as const;

export const INVENTED = [
	'status 201, and all of the answer: attestationId, companyName, status',
	'the page, but not its path /mca/?attestationid=…, which two vendors know, nor that it needs no sign-in',
	'the states Pending and accepted (a vendor’s), the minutes until a link expires and the seconds until an acceptance shows (what vendors say of them)',
	'that a company is told by its name: the first call names no customer',
	'what a missing property or another token is answered with, and an attestation that is unknown, expired, used or another company’s',
	'the property attestationId of POST /v1/customers/{id}/agreements, which then creates the agreement also where the older confirmation is refused',
	'the answer of an older confirmation that is refused',
] as const;

/** Stands in every answer that is made up. */
export const INVENTED_NOTE = 'Invented by the emulator; Microsoft documents no such answer.';
