/** Where the token does not go: to a host that an answer points at. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { open } from './place';
import { customers, json, record } from './workplace';

const servers: Server[] = [];
afterEach(async () => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
});

/** A server that answers everything in one way, and remembers the headers of what came. */
async function serverThat(status: number, headers: Record<string, string> = {}) {
	const came: IncomingHttpHeaders[] = [];
	const server = createServer((request, response) => {
		came.push(request.headers);
		response.writeHead(status, headers).end();
	});
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, came };
}

it.each([301, 302, 303, 307, 308])(
	'a redirect of an API call (%d) is not followed: the other host hears nothing',
	async (status) => {
		const { run, credentials } = await open({ state: { customers: customers(1) } });
		const elsewhere = await serverThat(200);
		const api = await serverThat(status, { location: `${elsewhere.url}/v1/agreements` });
		credentials.data('1').emulatorUrl = api.url;
		const { errors } = await run([record(1)], { onError: 'continueErrorOutput' });
		expect(json(errors)).toMatchObject([
			{ error: `Partner Center refused the request with HTTP status ${status} [Item 0]` },
		]);
		expect(api.came[0]?.authorization).toMatch(/^Bearer /);
		expect(elsewhere.came).toEqual([]);
	},
);
