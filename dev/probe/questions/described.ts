/** An answer in a few words. */
import type { Exchange } from '../wire/ApiClient';
import { refusalOf } from '../observations/confirmations';

/** Such as `status 409, code 600061`. */
export function described(exchange: Exchange): string {
	const code = refusalOf(exchange)?.code;
	const status = `status ${exchange.answer.status}`;
	return code === undefined ? status : `${status}, code ${code}`;
}

/** There is no such call. */
export function isNotFound({ answer }: Exchange): boolean {
	return answer.status === 404 || answer.status === 405;
}

/** The same with the sentence of a refusal: Microsoft's own words say most. */
export function quoted(exchange: Exchange): string {
	const refusal = refusalOf(exchange);
	const sentence = refusal?.message ?? refusal?.description ?? '';
	return sentence === '' ? described(exchange) : `${described(exchange)}, "${sentence}"`;
}
