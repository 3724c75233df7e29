/** N customers as a CRM would deliver them. */
const { customerAt } = require('./customerAt.js');

class BenchCustomers {
	constructor() {
		this.description = {
			displayName: 'Bench Customers',
			name: 'benchCustomers',
			group: ['transform'],
			version: 1,
			description: 'Makes customers',
			defaults: { name: 'Bench Customers' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [
				{ displayName: 'Count', name: 'count', type: 'number', default: 1 },
				{ displayName: 'First', name: 'first', type: 'number', default: 0 },
			],
		};
	}

	async execute() {
		const count = this.getNodeParameter('count', 0);
		const first = this.getNodeParameter('first', 0);
		return [
			Array.from({ length: count }, (_, index) => ({
				json: customerAt(first + index),
				pairedItem: { item: 0 },
			})),
		];
	}
}

module.exports = { BenchCustomers };
