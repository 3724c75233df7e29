/**
 * What a customer does at Microsoft: it accepts the partner's relationship link, or ends the
 * relationship. The activity log tells of it.
 */
import { z } from 'zod';
import { relationshipChanged } from '../audit/recordedActs';
import type { EmulatorContext } from '../EmulatorContext';
import type { Customer } from '../state';

const bodySchema = z.object({ relationshipToPartner: z.enum(['reseller', 'none']) }).strict();

/** Undefined when there is no such customer; the same again writes no record. @throws ZodError */
export function changeRelationship(
	{ store, audit }: Pick<EmulatorContext, 'store' | 'audit'>,
	customerId: string,
	input: unknown,
): Customer | undefined {
	const { relationshipToPartner } = bodySchema.parse(input);
	const customer = store.customer(customerId);
	if (customer === undefined || customer.relationshipToPartner === relationshipToPartner) {
		return customer;
	}
	customer.relationshipToPartner = relationshipToPartner;
	audit.add(relationshipChanged(customer));
	return customer;
}
