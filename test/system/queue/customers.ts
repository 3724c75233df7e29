/** Customers of the emulated partner, and the webhook calls that name them. */
import { randomUUID } from 'node:crypto';

import type { CustomerInput } from '../../../dev/emulator/state';

const FIRST_NAMES = ['Tania', 'Pieter', 'İpek', 'Jürgen', 'Zoë', '美咲', 'Олена', 'Nguyễn'];
const LAST_NAMES = ['Carr', 'van den Bergh', 'Yıldızoğlu', 'Groß', "O'Neill", '田中', 'Шевченко'];
const COMPANIES = ['Contoso', 'Fabrikam', 'Litware', 'Proseware', 'Tailspin Toys', 'Wingtip Toys'];

/** One customer as a CRM would post it. */
export interface Acceptance {
	customerId: string;
	companyName: string;
	firstName: string;
	lastName: string;
	email: string;
	dateAgreed: string;
}

/** What one webhook call carries. */
export interface Call {
	name: string;
	customers: Acceptance[];
}

/** @param prefix of the calls' names and of the e-mail addresses, e.g. `load` */
export function callsOf(prefix: string, calls: number, customersEach: number): Call[] {
	return Array.from({ length: calls }, (_, call) => ({
		name: `${prefix} ${call + 1}`,
		customers: Array.from({ length: customersEach }, (__, customer) =>
			acceptance(`${prefix}-${call + 1}-${customer + 1}`, call * customersEach + customer),
		),
	}));
}

function acceptance(label: string, number: number): Acceptance {
	return {
		customerId: randomUUID(),
		companyName: `${nth(COMPANIES, number)} ${label}`,
		firstName: nth(FIRST_NAMES, number),
		lastName: nth(LAST_NAMES, number),
		email: `${label}@contoso.example`,
		dateAgreed: '2025-06-12',
	};
}

/** The same people as the emulator's customers, none of them confirmed. */
export function customersOf(calls: readonly Call[]): CustomerInput[] {
	return calls
		.flatMap(({ customers }) => customers)
		.map(({ customerId, companyName, email }) => ({
			id: customerId,
			companyName,
			domain: `${email.split('@')[0]}.onmicrosoft.com`,
		}));
}

function nth(list: readonly string[], number: number): string {
	return list[number % list.length] ?? '';
}
