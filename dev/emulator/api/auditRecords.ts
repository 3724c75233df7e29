/**
 * `GET /v1/auditrecords`: what the partner did, by days, in pages.
 * Source: get-a-record-of-partner-center-activity-by-user on Microsoft Learn. Whether a day is one
 * of UTC is not documented; it is here.
 */
import type { AuditRecord } from '../audit/auditRecord';
import type { EmulatorContext } from '../EmulatorContext';
import { parseAgreementDate } from './agreementDates';
import { apiErrors } from './apiErrors';
import { pageOf, readSize, type CollectionPage } from './collectionPages';
import { plainName, readFilter, type SearchFilter } from './searchFilter';

const DEFAULT_SIZE = 500;
const DEFAULT_DAYS = 30;
const KEPT_DAYS = 90;
/** "At most 30 days per request": the REST reference of `audit-operations`. */
const MAX_DAYS = 30;

/** @throws ApiError 400: 800002 or 3000 */
export function auditRecords(
	context: Pick<EmulatorContext, 'baseUrl' | 'switches' | 'audit'>,
	query: URLSearchParams,
	continuationToken: string | undefined,
): CollectionPage<AuditRecord> {
	const startDate = dayOf(query, 'startDate') ?? daysAgo(DEFAULT_DAYS);
	if (startDate < daysAgo(KEPT_DAYS)) throw apiErrors.invalidProperty(['startDate']);
	const endDate = dayOf(query, 'endDate');
	const until = lastDayOf(context, startDate, endDate);
	const size = readSize(query, DEFAULT_SIZE);
	const filter = readFilter(query);
	const matches = filter ? matching(filter) : () => true;
	const found = context.audit.visible(context.switches.auditDelay).filter((record) => {
		const day = record.operationDate.slice(0, 10);
		return day >= startDate && day <= until && matches(record);
	});
	return pageOf(context, found, {
		path: '/auditrecords',
		parameters: {
			startDate,
			endDate,
			size: query.get('size') || String(size),
			filter: query.get('filter') || undefined,
		},
		size,
		seekOperation: query.get('seekOperation'),
		continuationToken,
	});
}

/**
 * "When the end date is omitted, the request returns the max window or uses today as the end date,
 * whichever is smaller." What becomes of a longer stretch that was asked for is not documented.
 *
 * @throws ApiError 400 3000, where the switch says so
 */
function lastDayOf(
	context: Pick<EmulatorContext, 'switches'>,
	startDate: string,
	endDate: string | undefined,
): string {
	const longest = addDays(startDate, MAX_DAYS);
	const wanted = endDate ?? daysAgo(0);
	if (wanted <= longest) return wanted;
	if (endDate !== undefined && context.switches.auditWindow === 'refuse') {
		throw apiErrors.invalidProperty(['endDate']);
	}
	return longest;
}

function addDays(day: string, days: number): string {
	return new Date(Date.parse(day) + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/** `2020-09-02`, also of a date-time; the time in it does not count. */
function dayOf(query: URLSearchParams, name: string): string | undefined {
	const text = query.get(name) ?? '';
	if (text === '') return undefined;
	const instant = parseAgreementDate(text);
	if (instant === undefined) throw apiErrors.invalidProperty([name]);
	return new Date(instant).toISOString().slice(0, 10);
}

function daysAgo(days: number): string {
	return new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

function matching({
	field: name,
	value,
	operator,
}: SearchFilter): (record: AuditRecord) => boolean {
	const field = fields.get(plainName(name));
	if (field === undefined) throw apiErrors.invalidProperty(['Field']);
	if (field.operator !== plainName(operator)) throw apiErrors.invalidProperty(['Operator']);
	const wanted = value.toLowerCase();
	return (record) => {
		const text = field.read(record)?.toLowerCase() ?? '';
		return field.operator === 'substring' ? text.includes(wanted) : text === wanted;
	};
}

/** The one operator that each field is documented with. */
const fields = new Map<
	string,
	{ operator: 'substring' | 'equals'; read: (record: AuditRecord) => string | undefined }
>([
	['companyname', { operator: 'substring', read: ({ customerName }) => customerName }],
	['customerid', { operator: 'equals', read: ({ customerId }) => customerId }],
	['resourcetype', { operator: 'equals', read: ({ resourceType }) => resourceType }],
]);
