/**
 * The same job without n8n: axios, so many requests at a time, nothing checked or repeated. What is
 * left is the network and the server; no node in n8n can be faster.
 *
 * `connections` are kept, new for each request, or new with an agent of its own for each request, as n8n's
 * request helper makes them: such an agent knows no earlier TLS session.
 *
 * node axiosLimit.cjs '{"baseUrl", "token", "count", "concurrency", "connections"}' → '{"wall", "confirmed"}'
 */
const http = require('node:http');
const https = require('node:https');
const axios = require('axios');
const { customerAt } = require('./naiveNode/nodes/customerAt.js');

async function main({ baseUrl, token, count, concurrency, connections }) {
	const agent = { keepAlive: connections === 'kept', maxSockets: concurrency };
	const client = axios.create({
		baseURL: baseUrl,
		httpAgent: new http.Agent(agent),
		httpsAgent: new https.Agent(agent),
		headers: { Authorization: `Bearer ${token}` },
		validateStatus: () => true,
	});
	const ownAgents = () =>
		connections === 'withOwnAgent'
			? { httpAgent: new http.Agent(agent), httpsAgent: new https.Agent(agent) }
			: {};
	const started = process.hrtime.bigint();
	const { data } = await client.get('/v1/agreements?agreementType=MicrosoftCustomerAgreement');
	const { templateId } = data.items[0];
	let next = 0;
	let confirmed = 0;
	const worker = async () => {
		while (next < count) {
			const { customerId, firstName, lastName, email, dateAgreed } = customerAt(next++);
			const agreement = {
				primaryContact: { firstName, lastName, email },
				templateId,
				dateAgreed,
				type: 'MicrosoftCustomerAgreement',
			};
			const path = `/v1/customers/${customerId}/agreements`;
			const { status } = await client.post(path, agreement, ownAgents());
			if (status === 201) confirmed += 1;
		}
	};
	await Promise.all(Array.from({ length: concurrency }, worker));
	const wall = Number(process.hrtime.bigint() - started) / 1e6;
	process.stdout.write(JSON.stringify({ wall, confirmed }));
}

void main(JSON.parse(process.argv[2]));
