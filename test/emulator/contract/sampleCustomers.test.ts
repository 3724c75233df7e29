/** The sample customers are enough for every line of a report on who has accepted what. */
import { sampleState } from '../../../dev/emulator/sampleCustomers';
import { stateSchema, type Customer } from '../../../dev/emulator/state';

const { customers } = stateSchema.parse(sampleState);
const RENEWED = '2023-04-01';
const customerAgreements = ({ agreements }: Customer) =>
	agreements.filter(({ type }) => type === 'MicrosoftCustomerAgreement');
const current = (customer: Customer) =>
	customerAgreements(customer).some(({ dateAgreed }) => dateAgreed >= RENEWED);
const outdated = (customer: Customer) =>
	customerAgreements(customer).length > 0 && !current(customer);
const related = ({ relationshipToPartner }: Customer) => relationshipToPartner === 'reseller';

test.each<[string, (customer: Customer) => boolean, string[]]>([
	[
		'accepted by itself only',
		(one) => one.directSigned && one.agreements.length === 0,
		['Trey Research'],
	],
	[
		'was confirmed before the terms of April 2023 only',
		(one) => outdated(one) && !one.directSigned,
		['Humongous Insurance'],
	],
	[
		'was confirmed since',
		current,
		['Fabrikam', 'Adventure Works', 'Tailspin Toys', 'Litware', 'Woodgrove Bank'],
	],
	[
		'has accepted nothing',
		(one) => related(one) && one.agreements.length === 0 && !one.directSigned,
		[
			'Contoso',
			'Northwind Traders',
			'Wide World Importers',
			'Proseware',
			'Coho Winery',
			"Margie's Travel",
		],
	],
	['has no relationship to the partner', (one) => !related(one), ['Alpine Ski House']],
])('there is a customer that %s', (_what, applies, names) => {
	expect(customers.filter(applies).map(({ companyName }) => companyName)).toEqual(names);
});
