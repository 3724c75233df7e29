/** Items of one customer, named by ID or by domain, in input order. */
import {
	CustomerOrder,
	type NamedCustomer,
} from '../../../nodes/MicrosoftPartnerCenter/n8n/CustomerOrder';

const turns = async () => await new Promise((resolve) => setImmediate(resolve));
const byId = (customerId: string): NamedCustomer => ({ customerId });
const byDomain = (domain: string): NamedCustomer => ({ domain });

function orderOf(customers: NamedCustomer[]) {
	const stop = new AbortController();
	const order = new CustomerOrder(stop.signal);
	customers.forEach((customer, item) => order.add(item, customer));
	const started: Array<[number, boolean]> = [];
	const ask = (item: number, customerId: string) => {
		const customer = customers[item] ?? byId('');
		if ('domain' in customer) order.found(customer.domain, customerId);
		void order.turnOf(item, customer, customerId).then((may) => started.push([item, may]));
	};
	const end = (item: number, customerId?: string) =>
		order.done(item, customers[item] ?? byId(''), customerId);
	return { order, stop, ask, end, started };
}

it('an item by ID waits for an earlier one by domain, once that turns out to be the same', async () => {
	const { ask, end, started } = orderOf([byDomain('contoso.example'), byId('a')]);
	ask(1, 'a');
	await turns();
	expect(started).toEqual([]);
	ask(0, 'a');
	await turns();
	expect(started).toEqual([[0, true]]);
	end(0, 'a');
	await turns();
	expect(started).toEqual([
		[0, true],
		[1, true],
	]);
});

it('an item by ID goes on where the earlier domain is another customer, or nobody’s', async () => {
	const { ask, end, started } = orderOf([byDomain('b.example'), byDomain('c.example'), byId('a')]);
	ask(2, 'a');
	ask(0, 'b');
	await turns();
	expect(started).toEqual([[0, true]]);
	end(1);
	await turns();
	expect(started).toEqual([
		[0, true],
		[2, true],
	]);
});

it('an item by domain waits for an earlier one by ID, also where it was started before', async () => {
	const { ask, end, started } = orderOf([byId('a'), byDomain('a.example'), byDomain('b.example')]);
	ask(1, 'a');
	ask(2, 'b');
	await turns();
	expect(started).toEqual([[2, true]]);
	ask(0, 'a');
	end(0, 'a');
	await turns();
	expect(started.map(([item]) => item)).toEqual([2, 0, 1]);
});

it('lists of IDs alone, and of domains alone, wait for nothing', async () => {
	const ids = orderOf([byId('a'), byId('b'), byId('c')]);
	ids.ask(2, 'c');
	const domains = orderOf([byDomain('a.example'), byDomain('b.example')]);
	domains.ask(1, 'b');
	await turns();
	expect([ids.started, domains.started]).toEqual([[[2, true]], [[1, true]]]);
});

it('a stop ends all waiting, also what would wait later', async () => {
	const { ask, stop, started } = orderOf([byDomain('contoso.example'), byId('a'), byId('b')]);
	ask(1, 'a');
	stop.abort();
	ask(2, 'b');
	await turns();
	expect(started.sort(([one], [other]) => one - other)).toEqual([
		[1, false],
		[2, false],
	]);
});

it('at random, everybody gets a turn, and each customer in input order', async () => {
	let random = 11;
	const next = (below: number) => (random = (random * 48_271) % 2_147_483_647) % below;
	for (let round = 0; round < 200; round += 1) {
		const owners = Array.from({ length: 30 }, () => `c${next(4)}`);
		const named = owners.map((id) => (next(2) === 0 ? byId(id) : byDomain(`${id}.example`)));
		const order = new CustomerOrder(new AbortController().signal);
		named.forEach((customer, item) => order.add(item, customer));
		const ran: number[] = [];
		await Promise.all(
			named.map(async (customer, item) => {
				const id = owners[item] ?? '';
				for (let wait = next(6); wait > 0; wait -= 1) await Promise.resolve();
				if ('domain' in customer) order.found(customer.domain, id);
				await order.turnOf(item, customer, id);
				ran.push(item);
				await Promise.resolve();
				order.done(item, customer, id);
			}),
		);
		for (const id of new Set(owners)) {
			const own = ran.filter((item) => owners[item] === id);
			expect(own).toEqual([...own].sort((a, b) => a - b));
		}
		expect(ran).toHaveLength(30);
	}
});
