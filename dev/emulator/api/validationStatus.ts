/**
 * `GET /v1/customers/{id}/validationStatus?type=account`: what Microsoft's review of the customer's
 * account came to. Source: retrieve-validation-status on Microsoft Learn; the error has no
 * `parameters` there. `lastUpdateDateTime` is empty in newer copies of the page.
 */
import type { Customer } from '../state';
import { ApiError, apiErrors } from './apiErrors';

/** @throws ApiError 404 600074 for an account without a status, 400 3000 for another type */
export function validationStatus(customer: Customer, type: string | null): Record<string, unknown> {
	if (type?.toLowerCase() !== 'account') throw apiErrors.invalidProperty(['type']);
	const { id, accountVerification } = customer;
	if (accountVerification === undefined) throw accountStatusNotFound(id);
	return { type: 'account', status: accountVerification, lastUpdateDateTime: '' };
}

function accountStatusNotFound(customerId: string): ApiError {
	const message = `Account Status for the customer, ${customerId} was not found.`;
	return new ApiError(404, {
		code: 600074,
		message,
		description: message,
		errorName: 'AccountStatusNotFound',
		isRetryable: false,
		errorMessageExtended: 'InternalErrorCode=600074',
	});
}
