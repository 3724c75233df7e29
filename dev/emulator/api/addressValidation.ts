/**
 * `POST /v1/validations/address`: whether an address is one, and what it may have meant. The two
 * examples of validate-an-address on Microsoft Learn are answered as they are there. Everything else
 * is INVENTED: a street with a number is `VerifiedShippable`, one without is `StreetPartial`.
 */
import { z } from 'zod';
import { jsonObject } from './agreementRequest';
import { apiErrors } from './apiErrors';

const filled = z.string().refine((text) => text.trim() !== '');
const addressSchema = z.object({
	addressline1: filled,
	addressline2: z.string().nullish(),
	city: filled,
	state: z.string().nullish(),
	postalcode: z.string().nullish(),
	country: z.string().regex(/^[A-Za-z]{2}$/),
});

/** @throws ApiError 400: 800002 for a body that is no JSON object, 3000 for a wrong property */
export function addressValidation(body: string): Record<string, unknown> {
	const small = Object.entries(jsonObject(body)).map(([name, value]) => [
		name.toLowerCase(),
		value,
	]);
	const parsed = addressSchema.safeParse(Object.fromEntries(small));
	if (!parsed.success) {
		throw apiErrors.invalidProperty(parsed.error.issues.map(({ path }) => path.join('.')));
	}
	const { country, city, state, addressline1, addressline2, postalcode } = parsed.data;
	const originalAddress = {
		country,
		city,
		...(state ? { state } : {}),
		addressLine1: addressline1,
		...(addressline2 ? { addressLine2: addressline2 } : {}),
		...(postalcode ? { postalCode: postalcode } : {}),
	};
	const isWhole = /\d/.test(addressline1);
	const suggestion = {
		...originalAddress,
		addressLine1: isWhole ? addressline1 : `1 ${addressline1}`,
		...(/^\d{5}$/.test(postalcode ?? '')
			? { postalCode: `${postalcode}-${isWhole ? '8300' : '6399'}` }
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
