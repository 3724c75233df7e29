/**
 * What Microsoft leaves undocumented is a switch, so that a client can be tried against every
 * plausible Partner Center.
 */
import { z } from 'zod';

export const switchesSchema = z
	.object({
		/** HTTP status of error 600061; no page documents it. */
		duplicateStatus: z.union([z.literal(409), z.literal(400)]),
		/** Type of `code` in the newer error shape: the examples show a number, the older page says string. */
		errorCodeType: z.enum(['number', 'string']),
		/** A customer without agreements: an empty list, or error 600009 with HTTP 404. */
		noAgreements: z.enum(['emptyList', '600009']),
		/** API answers start with a UTF-8 byte order mark, as some clients have seen. */
		bom: z.boolean(),
		/** A refresh token answers once; the second use is invalid_grant. */
		refuseReusedRefreshToken: z.boolean(),
		/** The same MS-RequestId with the same body replays the first answer of a write. */
		replaySameRequestId: z.boolean(),
	})
	.strict();

export const partialSwitchesSchema = switchesSchema.partial();

export type Switches = z.infer<typeof switchesSchema>;
export type SwitchesInput = z.input<typeof partialSwitchesSchema>;

export const defaultSwitches: Readonly<Switches> = {
	duplicateStatus: 409,
	errorCodeType: 'number',
	noAgreements: 'emptyList',
	bom: false,
	refuseReusedRefreshToken: true,
	replaySameRequestId: true,
};
