/** What a customer has ordered. Properties are those of get-all-of-a-customer-s-subscriptions. */
import { z } from 'zod';

export const subscriptionSchema = z
	.object({
		id: z.string(),
		/** What was ordered, such as `DZH318Z0BQ4B:0047:DZH318Z0DSM8`, or a GUID. */
		offerId: z.string(),
		friendlyName: z.string(),
		quantity: z.number().int().positive(),
		/** ISO date-time. */
		creationDate: z.string(),
		orderId: z.string(),
		status: z.enum(['active', 'suspended', 'deleted']).default('active'),
	})
	.strict();

export type Subscription = z.output<typeof subscriptionSchema>;
