/**
 * The shape of what the emulator knows: customers, their agreements and the agreement templates.
 * This is the JSON that a test seeds and reads back.
 */
import { z } from 'zod';
import { customerAddressSchema } from './customerAddress';
import { subscriptionSchema } from './subscription';
import {
	agreementTypeSchema,
	documentedTemplates,
	templateSchema,
	MCA_TEMPLATE_ID,
} from './templates';
import { DEFAULT_PARTNER_USER } from './identity/partnerUsers';

export const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const guidSchema = z.string().regex(GUID, 'must be a GUID');

const contactSchema = z.object({
	firstName: z.string(),
	lastName: z.string(),
	email: z.string(),
	phoneNumber: z.string().optional(),
});

const seedAgreementSchema = z
	.object({
		primaryContact: contactSchema,
		/** UTC date-time, with or without `Z`. */
		dateAgreed: z.string(),
		templateId: guidSchema.default(MCA_TEMPLATE_ID),
		/** Derived from the template when left out. */
		type: agreementTypeSchema.optional(),
		/** Object id of the partner user who confirmed. */
		userId: guidSchema.default(DEFAULT_PARTNER_USER.oid),
	})
	.strict();

export const seedCustomerSchema = z
	.object({
		/** The customer's tenant id. */
		id: guidSchema,
		companyName: z.string(),
		/** The default one, which lists show. */
		domain: z.string(),
		/** Shown by its id only, beside the default one. */
		customDomains: z.array(z.string()).optional(),
		/** Tenant id of the reseller through whom an indirect provider sells to this customer. */
		indirectReseller: guidSchema.optional(),
		/** Tenant id of the indirect provider, where the partner is a reseller of one. */
		indirectProvider: guidSchema.optional(),
		relationshipToPartner: z.enum(['reseller', 'none']).default('reseller'),
		agreements: z.array(seedAgreementSchema).default([]),
		/** The customer accepted the Microsoft Customer Agreement itself, without the partner. */
		directSigned: z.boolean().default(false),
		/** What Microsoft's review of the account came to; left out, there is none. */
		accountVerification: z.string().optional(),
		/** Microsoft locked the account: every order is refused. */
		lockedForTransactions: z.boolean().optional(),
		/** In both profiles; left out, only the country is shown. */
		address: customerAddressSchema.optional(),
		/** Default: `info@` the domain. */
		email: z.string().optional(),
		culture: z.string().optional(),
		language: z.string().optional(),
		/** What was ordered. */
		subscriptions: z.array(subscriptionSchema).optional(),
	})
	.strict();

/** Of an indirect provider. */
export const indirectResellerSchema = z
	.object({
		/** The reseller's tenant id. */
		id: guidSchema,
		name: z.string(),
		mpnId: z.string(),
		location: z.string().default('US'),
		state: z.string().default('Active'),
		/** Whether it signed the Microsoft Partner Agreement. */
		agreementSigned: z.boolean().default(true),
	})
	.strict();
export type IndirectReseller = z.output<typeof indirectResellerSchema>;

export const stateSchema = z
	.object({
		customers: z.array(seedCustomerSchema),
		templates: z.array(templateSchema).default([...documentedTemplates]),
		indirectResellers: z.array(indirectResellerSchema).default([]),
		/** Whether the partner itself signed the Microsoft Partner Agreement. */
		partnerAgreementSigned: z.boolean().default(true),
	})
	.strict()
	.transform(({ customers, templates, indirectResellers, partnerAgreementSigned }) => ({
		templates,
		indirectResellers,
		partnerAgreementSigned,
		customers: customers.map((customer) => completeCustomer(templates, customer)),
	}));

/** What a test writes: defaults may be left out. */
export type EmulatorStateInput = z.input<typeof stateSchema>;
export type CustomerInput = z.input<typeof seedCustomerSchema>;
/** What the emulator keeps: complete. */
export type EmulatorState = z.output<typeof stateSchema>;
export type Customer = ReturnType<typeof completeCustomer>;
export type StoredAgreement = Customer['agreements'][number];
export type Contact = z.infer<typeof contactSchema>;

/** The customer with what the templates say about its agreements. */
export function completeCustomer(
	templates: readonly z.infer<typeof templateSchema>[],
	customer: z.output<typeof seedCustomerSchema>,
) {
	return {
		...customer,
		agreements: customer.agreements.map((agreement) => ({
			...agreement,
			type: agreement.type ?? typeOfTemplate(templates, agreement.templateId),
		})),
	};
}

function typeOfTemplate(
	templates: readonly z.infer<typeof templateSchema>[],
	templateId: string,
): z.infer<typeof agreementTypeSchema> {
	const template = templates.find((candidate) => candidate.templateId === templateId);
	return template?.agreementType ?? 'MicrosoftCustomerAgreement';
}
