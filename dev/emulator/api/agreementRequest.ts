/** Reads and checks the body of a confirmation; the first thing wrong decides the error. */
import { z } from 'zod';
import type { AgreementStore } from '../agreementStore';
import { agreementTypeSchema } from '../templates';
import { parseAgreementDate } from './agreementDates';
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
	dateAgreed: filled.refine((text) => {
		const instant = parseAgreementDate(text);
		return instant !== undefined && instant <= Date.now() + FUTURE_TOLERANCE_MS;
	}),
	type: agreementTypeSchema,
});

export type AgreementRequest = z.infer<typeof requestSchema>;

/** @throws ApiError 400: 800002 for a body that is no JSON object, 3000 for a wrong property. */
export function readAgreementRequest(body: string, store: AgreementStore): AgreementRequest {
	const request = readBody(body, requestSchema);
	if (store.template(request.templateId) === undefined) {
		throw apiErrors.invalidProperty(['templateId']);
	}
	return request;
}
