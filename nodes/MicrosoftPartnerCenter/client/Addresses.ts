/** Whether a postal address is one that Microsoft can use for a customer. */
import { z } from 'zod';

import type { CallOptions, Requester } from './Requester';

/** The body of `POST /v1/validations/address`. */
export interface AddressToValidate {
	addressLine1: string;
	addressLine2?: string;
	city: string;
	state?: string;
	postalCode?: string;
	/** ISO 3166-1 alpha-2. */
	country: string;
}

const addressSchema = z.record(z.string(), z.unknown());

const validationSchema = z
	.object({
		status: z.string().min(1),
		originalAddress: addressSchema.nullish(),
		suggestedAddresses: z.array(addressSchema).nullish(),
		validationMessage: z.string().nullish(),
	})
	.passthrough();
export type AddressValidation = z.infer<typeof validationSchema>;

export class Addresses {
	constructor(private readonly requester: Requester) {}

	/**
	 * `POST /v1/validations/address`. It changes nothing. `status` is `VerifiedShippable` for a good
	 * address; the others are not listed where they could be read, and pass through.
	 *
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/validate-an-address
	 */
	async validate(address: AddressToValidate, call: CallOptions): Promise<AddressValidation> {
		const read = await this.requester.read(
			{
				path: '/v1/validations/address',
				body: address,
				safe: true,
				schema: validationSchema,
				expected: 'the validation of an address',
			},
			call,
		);
		return read.value;
	}
}
