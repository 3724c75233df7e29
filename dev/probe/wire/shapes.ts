/** The answers, as far as the probe reads them. Everything else in them passes. */
import { z } from 'zod';

const linkSchema = z.object({
	uri: z.string(),
	headers: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
});
export type Link = z.output<typeof linkSchema>;

const linksSchema = z
	.object({ self: linkSchema.optional(), next: linkSchema.optional() })
	.passthrough();

/** A list with these items. */
export function collectionOf<T extends z.ZodTypeAny>(item: T) {
	return z.object({
		totalCount: z.number().optional(),
		items: z.array(item),
		links: linksSchema.default({}),
	});
}

export const customerSchema = z.object({ id: z.string() });

export const contactSchema = z.object({
	firstName: z.string().nullish(),
	lastName: z.string().nullish(),
	email: z.string().nullish(),
	phoneNumber: z.string().nullish(),
});

export const agreementSchema = z.object({
	primaryContact: contactSchema,
	templateId: z.string(),
	type: z.string().nullish(),
});

export const templateSchema = z.object({
	templateId: z.string(),
	agreementType: z.string().optional(),
	type: z.string().optional(),
});

export const auditRecordSchema = z.object({
	operationDate: z.string(),
	operationType: z.string().optional(),
	customerId: z.string().nullish(),
});

export const documentSchema = z.object({ displayUri: z.string(), downloadUri: z.string() });

/** Both shapes of a refusal; the code comes as a number and as a text. */
export const refusalSchema = z.object({
	code: z.union([z.number(), z.string()]),
	message: z.string().nullish(),
	description: z.string().nullish(),
	/** Only in the newer shape. */
	errorName: z.string().optional(),
});
export type Refusal = z.output<typeof refusalSchema>;
