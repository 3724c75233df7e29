/**
 * `POST /v1/validations/address`: whether an address is one, and what it may have meant. The two
 * examples of validate-an-address on Microsoft Learn are answered as they are there. Everything else
 * is INVENTED: a street with a number is `VerifiedShippable`, one without is `StreetPartial`.
 */
import { z } from 'zod';
import { readBody } from './requestBody';

const filled = z.string().refine((text) => text.trim() !== '');
const addressSchema = z.object({
	addressLine1: filled,
	addressLine2: z.string().nullish(),
	city: filled,
	state: z.string().nullish(),
	postalCode: z.string().nullish(),
	country: z.string().regex(/^[A-Za-z]{2}$/),
});

/** @throws ApiError 400: 800002 for a body that is no JSON object, 3000 for a wrong property */
export function addressValidation(body: string): Record<string, unknown> {
	const { country, city, state, addressLine1, addressLine2, postalCode } = readBody(
		body,
		addressSchema,
	);
	const originalAddress = {
		country,
		city,
		...(state ? { state } : {}),
		addressLine1,
		...(addressLine2 ? { addressLine2 } : {}),
		...(postalCode ? { postalCode } : {}),
	};
	const isWhole = /\d/.test(addressLine1);
	const suggestion = {
		...originalAddress,
		addressLine1: isWhole ? addressLine1 : `1 ${addressLine1}`,
		...(/^\d{5}$/.test(postalCode ?? '')
			? { postalCode: `${postalCode}-${isWhole ? '8300' : '6399'}` }
			: {}),
	};
	return {
		originalAddress,
		suggestedAddresses: [suggestion],
		status: isWhole ? 'VerifiedShippable' : 'StreetPartial',
		...(isWhole
			? {}
			: {
					validationMessage: "Address field invalid for property: 'Region', 'PostalCode', 'City'",
				}),
	};
}
