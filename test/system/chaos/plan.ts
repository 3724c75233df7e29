/** What a chaos run consists of: drawn from a seed, so that the same seed makes the same run. */
import type { IDataObject } from 'n8n-workflow';

import { randomNumbers } from '../../../dev/emulator/faults/randomNumbers';
import type { EmulatorStateInput } from '../../../dev/emulator/state';
import { customer, customerId } from '../../engine/workplace';

export interface Plan {
	seed: number;
	items: number;
	maxConcurrency: number;
	onError: 'errorOutput' | 'stop';
	retryOnFail: boolean;
	/** Whether the service answers a repeated MS-RequestId with its first answer. */
	replay: boolean;
}

/** Share of the API calls that meet a fault. */
export const FAULT_RATE = 0.3;

/** How often tokens expire during a run. */
export const EXPIRIES = 2;

export const RETRY_AFTER_SECONDS = 40;

/** Every kind of fault that the emulator has. */
export const FAULT_KINDS = [
	'reset-before-write' as const,
	'reset-after-write' as const,
	{ kind: 'hang' as const },
	{ kind: 'hang' as const, afterWrite: true },
	{ kind: 'status-429' as const, retryAfterSeconds: RETRY_AFTER_SECONDS },
	{ kind: 'status-429' as const, retryAfterSeconds: null },
	'status-500' as const,
	{ kind: 'status-500' as const, afterWrite: true },
	'html-502' as const,
	{ kind: 'html-502' as const, afterWrite: true },
	'status-503' as const,
	{ kind: 'status-503' as const, retryAfterSeconds: 2, afterWrite: true },
	'expired-401' as const,
	'truncated-json' as const,
	'cut-body' as const,
	'bom' as const,
	{ kind: 'slow-body' as const, ms: 20 },
];

const FIRST_NAMES = ['Tania', 'Győző', 'Åsa', 'İpek', 'Sanne', '美咲', 'שלום'];

/**
 * Customers and records: some new, some confirmed before with the same contact or another one, some
 * repeated in the batch, some with a second contact.
 */
export function drawRecords(plan: Plan): {
	records: IDataObject[];
	state: EmulatorStateInput;
} {
	const random = randomNumbers(plan.seed);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
	const records: IDataObject[] = [];
	const customers: EmulatorStateInput['customers'] = [];
	while (records.length < plan.items) {
		const kind = random();
		if (kind < 0.25 && records.length > 0) {
			const recent = records.slice(-Math.max(2, plan.maxConcurrency));
			const earlier = pick(random() < 0.7 ? recent : records);
			const changed = random() < 0.3 ? { lastName: `Carr-${records.length}` } : {};
			records.push({ ...earlier, ...changed });
			continue;
		}
		const number = customers.length + 1;
		const contact = {
			firstName: pick(FIRST_NAMES),
			lastName: 'Carr',
			email: `contact${number}@contoso.example`,
		};
		const known = kind < 0.4 ? contact : { ...contact, lastName: 'Carr-Before' };
		const agreements =
			kind < 0.5 ? [{ primaryContact: known, dateAgreed: '2023-05-01T00:00:00Z' }] : [];
		customers.push(customer(number, { agreements }));
		records.push({ customerId: customerId(number), ...contact, dateAgreed: '2024-06-14' });
	}
	return { records, state: { customers } };
}

/** Runs of all kinds: on both majors together, 1,000 items in the short form and 10,000 in the long. */
export function drawPlans(seed: number, form: 'short' | 'long'): Plan[] {
	const random = randomNumbers(seed);
	const ways: Array<Pick<Plan, 'onError' | 'retryOnFail'>> = [
		{ onError: 'errorOutput', retryOnFail: false },
		{ onError: 'errorOutput', retryOnFail: true },
		{ onError: 'stop', retryOnFail: true },
	];
	const sizes = form === 'long' ? { 1: 120, 4: 800, 25: 1230 } : { 1: 20, 4: 70, 25: 130 };
	return Object.entries(sizes).flatMap(([maxConcurrency, items]) =>
		ways.map((way, index) => ({
			...way,
			items: way.onError === 'stop' ? Math.ceil(items / 3) : items,
			maxConcurrency: Number(maxConcurrency),
			replay: index % 2 === 0,
			seed: Math.floor(random() * 2 ** 31),
		})),
	);
}
