/**
 * What Partner Center sends and expects, as zod schemas: reading is tolerant (unknown fields stay,
 * numbers may be strings), but what a branch depends on has to be there. The types come from here.
 *
 * Kept within what zod 3 and zod 4 have in common: the copy that runs is n8n's own.
 */
import { z } from 'zod';

export const CUSTOMER_AGREEMENT = 'MicrosoftCustomerAgreement';
export const CLOUD_AGREEMENT = 'MicrosoftCloudAgreement';
/** Asks the metadata call for every type, also ones that Microsoft adds later. */
export const ALL_AGREEMENT_TYPES = '*';

export type AgreementTypeFilter =
	typeof CUSTOMER_AGREEMENT | typeof CLOUD_AGREEMENT | typeof ALL_AGREEMENT_TYPES;

const numberOrText = z.union([z.number(), z.string()]);

/**
 * An agreement's template as `GET /v1/agreements` lists it. The resource table of the
 * documentation calls the type field `type`, every example calls it `agreementType`; both are read.
 */
export const agreementTemplateSchema = z
	.object({
		templateId: z.string().min(1),
		agreementType: z.string().optional(),
		type: z.string().optional(),
		agreementLink: z.string().nullable().optional(),
		versionRank: numberOrText.nullable().optional(),
	})
	.transform((template) => ({
		templateId: template.templateId,
		agreementType: template.agreementType ?? template.type ?? '',
		agreementLink: template.agreementLink ?? '',
		versionRank: Number(template.versionRank ?? 0) || 0,
	}));
export type AgreementTemplate = z.infer<typeof agreementTemplateSchema>;

/** Who accepted for the customer. `phoneNumber` is absent when there is none. */
export interface PrimaryContact {
	firstName: string;
	lastName: string;
	email: string;
	phoneNumber?: string;
}

/** The body of `POST /v1/customers/{customer-tenant-id}/agreements`. */
export interface AgreementToCreate {
	primaryContact: PrimaryContact;
	templateId: string;
	/** UTC, e.g. `2018-06-14T00:00:00.000Z`. */
	dateAgreed: string;
	type: typeof CUSTOMER_AGREEMENT;
}

const looseText = z.union([z.string(), z.number(), z.null()]).optional();

/** An agreement as Partner Center returns it; the listing leaves out `userId` and the date's zone. */
export const agreementSchema = z
	.object({
		templateId: z.string().min(1),
		dateAgreed: z.string().nullable().optional(),
		type: z.string().nullable().optional(),
		primaryContact: z
			.object({
				firstName: looseText,
				lastName: looseText,
				email: looseText,
				phoneNumber: looseText,
			})
			.passthrough()
			.nullable()
			.optional(),
	})
	.passthrough();
export type Agreement = z.infer<typeof agreementSchema>;

/** Text, also as OData 3 writes it, with its language. */
const errorText = z
	.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])
	.nullish()
	.catch(undefined);

/**
 * What the envelopes of an error body may hold, read as one (`errorBody.ts` says what they mean). A
 * property of an unexpected kind is left out; it must not hide the code beside it.
 */
export const errorBodySchema = z
	.object({
		code: numberOrText.nullish().catch(undefined),
		statusCode: numberOrText.nullish().catch(undefined),
		message: errorText,
		messageDetail: errorText,
		description: errorText,
		errorName: errorText,
		title: errorText,
		detail: errorText,
		target: errorText,
		pointer: errorText,
		error_description: errorText,
		isRetryable: z.boolean().nullish().catch(undefined),
		data: z.array(z.unknown()).nullish().catch(undefined),
		parameters: z.record(z.string(), z.unknown()).nullish().catch(undefined),
		errors: z.unknown(),
		modelState: z.unknown(),
		details: z.unknown(),
		error: z.unknown(),
		'odata.error': z.unknown(),
	})
	.partial();
