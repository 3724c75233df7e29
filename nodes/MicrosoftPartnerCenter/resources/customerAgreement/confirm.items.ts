/** What the items of Customer Agreement → Confirm carry, branch by branch. */
import type { IDataObject } from 'n8n-workflow';

import type { AlreadyExists, AgreementList, Confirmed } from '../../client/Agreements';
import type { AgreementToCreate } from '../../client/schemas';

/** Confirmed: the agreement as Partner Center sent it, and what identifies the call. */
export function confirmedJson(customerId: string, result: Confirmed): IDataObject {
	return {
		...(result.agreement as IDataObject),
		customerId,
		outcome: 'confirmed',
		...(result.reconciled ? { reconciled: true } : {}),
		requestId: result.requestId,
		correlationId: result.correlationId,
	};
}

/** Confirmed, in a dry run: the agreement as it would be sent. Nobody was confirmed. */
export function dryRunJson(
	customerId: string,
	agreement: AgreementToCreate,
	{ requestId, correlationId }: AgreementList,
	extraBody: Record<string, unknown>,
): IDataObject {
	return {
		...submitted(agreement),
		type: agreement.type,
		// Under a key of their own, so that they can't overwrite a property of the item.
		...(Object.keys(extraBody).length > 0
			? { additionalBodyFields: extraBody as IDataObject }
			: {}),
		customerId,
		outcome: 'wouldConfirm',
		requestId,
		correlationId,
		dryRun: true,
	};
}

/** Already Exists: what was submitted, and Microsoft's code and words. */
export function alreadyExistsJson(
	customerId: string,
	agreement: AgreementToCreate,
	{ facts, requestId, correlationId }: AlreadyExists,
): IDataObject {
	return {
		outcome: 'alreadyExists',
		customerId,
		...submitted(agreement),
		code: asNumberOrText(facts.code ?? '600061'),
		errorName: facts.errorName ?? 'PartnerConfirmedAgreementAlreadyExists',
		message: facts.text ?? 'A partner confirmed agreement already exists for the customer.',
		requestId,
		correlationId,
	};
}

/** Already Exists, found by reading before the write: Microsoft was not asked, so it has no code. */
export function foundFirstJson(
	customerId: string,
	agreement: AgreementToCreate,
	{ requestId, correlationId }: AgreementList,
	{ isThere, dryRun }: { isThere: boolean; dryRun: boolean },
): IDataObject {
	return {
		outcome: dryRun ? 'wouldAlreadyExist' : 'alreadyExists',
		customerId,
		...submitted(agreement),
		code: null,
		errorName: null,
		message: isThere
			? 'An identical agreement was found before the write; nothing was sent.'
			: 'An earlier item of this dry run has the same customer and contact; nothing was sent.',
		requestId,
		correlationId,
		...(dryRun ? { dryRun } : {}),
	};
}

/** Microsoft's codes are numbers, also where they come as text; any other code stays text. */
function asNumberOrText(code: string): number | string {
	const isNumber = /^\d+$/.test(code) && Number.isSafeInteger(Number(code));
	return isNumber ? Number(code) : code;
}

function submitted({ primaryContact, dateAgreed, templateId }: AgreementToCreate): IDataObject {
	return { primaryContact: { ...primaryContact }, dateAgreed, templateId };
}
