/** One of the bench's customers, with the person who accepted. Names and domains are fictional. */
const COMPANIES = ['Contoso', 'Fabrikam', 'Northwind Traders', 'Tailwind Toys', 'Wide World'];
const PEOPLE = [
	['Tania', 'Carr'],
	['Pieter', 'van den Bergh'],
	['Łucja', 'Wiśniewska'],
	['陽菜', '佐藤'],
	['Ελένη', 'Παπαδοπούλου'],
];

const customerAt = (index) => {
	const [firstName, lastName] = PEOPLE[index % PEOPLE.length];
	return {
		customerId: `00000000-0000-4000-8000-${(index + 1).toString(16).padStart(12, '0')}`,
		companyName: `${COMPANIES[index % COMPANIES.length]} ${index + 1}`,
		firstName,
		lastName,
		email: `person${index + 1}@customer${index + 1}.example`,
		dateAgreed: `2024-0${1 + (index % 9)}-1${index % 10}T09:30:00Z`,
	};
};

module.exports = { customerAt };
