/**
 * Takes names, addresses, ids, domains, telephone numbers and links out of what was sent and answered.
 * A text is kept only where its property is known to name nobody: one that is new here is replaced.
 */
import type { Pseudonyms } from './Pseudonyms';

const KEPT: ReadonlySet<string> = new Set(
	[
		...['code', 'errorName', 'errorMessageExtended', 'error', 'source', 'data'],
		...[
			'method',
			'key',
			'objectType',
			'type',
			'agreementType',
			'templateId',
			'language',
			'country',
		],
		...['Field', 'Operator', 'relationshipToPartner', 'culture', 'status'],
		...['resourceType', 'operationType', 'operationStatus'],
	].map((key) => key.toLowerCase()),
);
const SENTENCES: ReadonlySet<string> = new Set([
	...['message', 'description', 'error_description', 'note', 'agreementlink'],
]);
/** Numbers, dates, truth values, and nothing. */
const PLAIN = /^(|true|false|-?\d{1,6}|\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?)$/i;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Such as `MicrosoftCustomerAgreement`, `en-US` or `create_agreement`. */
const WORD = /^[\w-]+$/;
const DOMAIN = /^[\p{L}\d-]+(\.[\p{L}\d-]+)*\.\p{L}{2,}$/u;
/** A longer number may be one of a telephone, an account or a tax office. */
const LONGEST_NUMBER = 1_000_000;

export function anonymise(pseudonyms: Pseudonyms, value: unknown, key = ''): unknown {
	if (typeof value === 'string') return textOf(pseudonyms, value, key);
	if (typeof value === 'number') return Math.abs(value) < LONGEST_NUMBER ? value : LONGEST_NUMBER;
	if (Array.isArray(value)) return value.map((one) => anonymise(pseudonyms, one, key));
	if (typeof value !== 'object' || value === null) return value;
	// { key: 'MS-ContinuationToken', value } and { key: 'CustomerId', value }.
	const named = 'key' in value && typeof value.key === 'string' ? value.key : undefined;
	return Object.fromEntries(
		Object.entries(value).map(([name, one]) => [
			GUID.test(name) ? pseudonyms.id(name) : name,
			anonymise(pseudonyms, one, name === 'value' && named !== undefined ? named : name),
		]),
	);
}

/** The path of a call, and what links in answers show of one. */
export function anonymisePath(pseudonyms: Pseudonyms, path: string): string {
	const [before = '', query] = path.split('?');
	const segments = before.split('/').map((segment) => {
		if (GUID.test(segment)) return pseudonyms.id(segment);
		return DOMAIN.test(segment) ? pseudonyms.domain(segment) : segment;
	});
	if (query === undefined) return segments.join('/');
	const parameters = [...new URLSearchParams(query)].map(
		([name, value]) => `${name}=${encodeURIComponent(String(queryValue(pseudonyms, name, value)))}`,
	);
	return `${segments.join('/')}?${parameters.join('&')}`;
}

const KEPT_PARAMETERS =
	/^(size|seekOperation|startDate|endDate|agreementType|language|country|type)$/i;

function queryValue(pseudonyms: Pseudonyms, name: string, value: string): string {
	return KEPT_PARAMETERS.test(name) ? value : textOf(pseudonyms, value, name);
}

function textOf(pseudonyms: Pseudonyms, text: string, key: string): string {
	const name = key.toLowerCase();
	const inner = jsonIn(text);
	if (inner !== undefined) return JSON.stringify(anonymise(pseudonyms, inner, key));
	if (GUID.test(text)) return pseudonyms.id(text);
	if (name.includes('phone')) return text === '' ? '' : pseudonyms.phone(text);
	if (PLAIN.test(text)) return text;
	if (KEPT.has(name) && WORD.test(text)) return text;
	if (KEPT.has(name) || SENTENCES.has(name)) return pseudonyms.sentence(text);
	if (name === 'uri' && text.startsWith('/')) return anonymisePath(pseudonyms, text);
	if (/^https?:/i.test(text)) return pseudonyms.link(text);
	if (text.includes('@')) return pseudonyms.email(text);
	if (DOMAIN.test(text)) return pseudonyms.domain(text);
	return name === 'id' || /token|etag/.test(name) ? pseudonyms.token(text) : pseudonyms.name(text);
}

/** Audit records and filters hold JSON as text. */
function jsonIn(text: string): unknown {
	if (!/^\s*[[{]/.test(text)) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
