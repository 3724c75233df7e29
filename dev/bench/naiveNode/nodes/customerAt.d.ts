/** The types of customerAt.js, which the naive node imports as it is. */
export interface BenchCustomer {
	customerId: string;
	companyName: string;
	firstName: string;
	lastName: string;
	email: string;
	dateAgreed: string;
}

/** The same customer for the same number, from 0. */
export function customerAt(index: number): BenchCustomer;
