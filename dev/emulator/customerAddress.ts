/**
 * Where a customer lives and who answers for it. The properties are those of the `defaultAddress` of
 * create-a-customer on Microsoft Learn; how long a text may be is said in its utility-resources.
 */
import { z } from 'zod';

const MAX_NAME_LENGTH = 50;
const MAX_LINE_LENGTH = 200;

export const customerAddressSchema = z
	.object({
		/** ISO 3166-1 alpha-2. */
		country: z
			.string()
			.regex(/^[A-Za-z]{2}$/, 'must be two letters')
			.default('US'),
		region: z.string().optional(),
		city: z.string().optional(),
		state: z.string().optional(),
		addressLine1: z.string().max(MAX_LINE_LENGTH).optional(),
		addressLine2: z.string().max(MAX_LINE_LENGTH).optional(),
		postalCode: z.string().optional(),
		firstName: z.string().max(MAX_NAME_LENGTH).optional(),
		lastName: z.string().max(MAX_NAME_LENGTH).optional(),
		phoneNumber: z.string().optional(),
	})
	.strip();

export type CustomerAddress = z.output<typeof customerAddressSchema>;
