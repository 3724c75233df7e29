/** Reads and checks the body of a confirmation; the first thing wrong decides the error. */
import { z } from 'zod';
import type { AgreementStore } from '../agreementStore';
import type { Switches } from '../switches';
import { agreementTypeSchema } from '../templates';
import { formatConfirmedDate, parseAgreementDate } from './agreementDates';
import { apiErrors } from './apiErrors';
import { readBody } from './requestBody';

/** Clocks differ; a date a little ahead is still now. */
const FUTURE_TOLERANCE_MS = 5 * 60 * 1000;

const filled = z.string().refine((text) => text.trim() !== '');

const requestSchema = z.object({
	primaryContact: z.object({
		firstName: filled,
		lastName: filled,
		email: filled,
		phoneNumber: z.string().nullish(),
	}),
	templateId: filled,
	dateAgreed: filled.refine((text) => parseAgreementDate(text) !== undefined),
	type: agreementTypeSchema.optional(),
});

const typedSchema = requestSchema.extend({ type: agreementTypeSchema });

/** What is stored of it: the template's type, and the date in one form. */
export type AgreementRequest = z.infer<typeof typedSchema>;

/**
 * The template decides the stored type, whatever the request says
 * (github.com/microsoft/Partner-Center-Java, issue 86).
 *
 * @throws ApiError 400: 800002 for a body that is no JSON object, 3000 for a wrong property, 600002 for
 *   a date in the future; the switch's status for the Microsoft Cloud Agreement
 */
export function readAgreementRequest(
	{ store, switches }: { store: AgreementStore; switches: Switches },
	body: string,
): AgreementRequest {
	const request = readBody(body, switches.missingType === 'refuse' ? typedSchema : requestSchema);
	const type = store.template(request.templateId)?.agreementType;
	if (type === undefined) throw apiErrors.invalidProperty(['templateId']);
	if (type === 'MicrosoftCloudAgreement' && switches.cloudAgreement !== 'accept') {
		throw apiErrors.cloudAgreementEnded(request.templateId, switches);
	}
	const dateAgreed = formatConfirmedDate(request.dateAgreed);
	if (Date.parse(dateAgreed) > Date.now() + FUTURE_TOLERANCE_MS) throw apiErrors.dateInFuture();
	return { ...request, dateAgreed, type };
}
