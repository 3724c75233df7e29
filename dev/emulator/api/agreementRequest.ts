/** Reads and checks the body of a confirmation; the first thing wrong decides the error. */
import { z } from 'zod';
import type { AgreementStore } from '../agreementStore';
import { agreementTypeSchema } from '../templates';
import { parseAgreementDate } from './agreementDates';
import { apiErrors } from './apiErrors';

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
	const parsed = requestSchema.safeParse(jsonObject(body));
	if (!parsed.success) {
		const wrong = parsed.error.issues.map((issue) => issue.path.join('.'));
		throw apiErrors.invalidProperty([...new Set(wrong)]);
	}
	if (store.template(parsed.data.templateId) === undefined) {
		throw apiErrors.invalidProperty(['templateId']);
	}
	return parsed.data;
}

/** @throws ApiError 400 800002 */
export function jsonObject(text: string): object {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw apiErrors.invalidInput();
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw apiErrors.invalidInput();
	}
	return value;
}
