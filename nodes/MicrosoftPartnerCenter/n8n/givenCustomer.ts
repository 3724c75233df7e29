/** Whom an item is about, before anything was asked: for an item that failed, and for one whose run can't start. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { customerField } from '../fields/customer';
import { schemaOf } from '../fields/field';
import { parameterValue } from './parameters';
import { isLocator } from './plainPath';

/** @returns the customer's ID or domain; the text that stands in its place where it is neither; null for no text */
export function givenCustomer(context: IExecuteFunctions, item: number): string | null {
	try {
		const raw = parameterValue(context, item, customerField);
		const { data } = schemaOf(customerField, context).safeParse(raw);
		if (data !== undefined) return 'domain' in data ? data.domain : data.customerId;
		const given = isLocator(raw) ? raw.value : raw;
		return typeof given === 'string' ? given : null;
	} catch {
		return null;
	}
}
