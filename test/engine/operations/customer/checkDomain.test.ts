/** Customer → Check Domain: free, taken, or not known; an answer of something else is never "free". */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { open, place } from '../../place';
import { runOperation } from '../../runOperation';
import { customers, json, pairs } from '../../workplace';

const check = async (...domains: unknown[]) =>
	await runOperation(domains.map((domain) => ({ domain })) as never, 'customer', 'checkDomain', {
		domain: '={{ $json.domain }}',
		options: { maxRetries: 0 },
	});

describe('Customer → Check Domain', () => {
	it('says whether a domain is free', async () => {
		await open({ state: { customers: customers(1) } });
		const { outputs } = await check('Contoso1.onmicrosoft.com', 'nobody.onmicrosoft.com');
		expect(json(outputs[0])).toEqual([
			{ domain: 'contoso1.onmicrosoft.com', isAvailable: false },
			{ domain: 'nobody.onmicrosoft.com', isAvailable: true },
		]);
		expect(place.emulator.requests.map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
	});

	it('refuses what is no domain before anything is sent', async () => {
		await open();
		const { outputs } = await check('contoso', 'https://contoso.com', '');
		expect(pairs(outputs[1])).toEqual([0, 1, 2]);
		expect(json(outputs[1])[0]).toMatchObject({
			error: `'Domain' is not a domain: "contoso" [Item 0]`,
			message: expect.stringContaining('contoso.onmicrosoft.com'),
		});
		expect(place.emulator.requests).toEqual([]);
	});

	it('a 404 that Partner Center did not give is no "free"', async () => {
		await open();
		const proxy = createServer((_request, response) => response.writeHead(404).end());
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
		const { port } = proxy.address() as AddressInfo;
		place.credentials.data('1').emulatorUrl = `http://127.0.0.1:${port}`;
		const { outputs } = await check('nobody.onmicrosoft.com');
		proxy.closeAllConnections();
		proxy.close();
		expect(outputs[0]).toEqual([]);
		expect(json(outputs[1])[0]?.error).toBe(
			"Partner Center's answer can't be read: it lacks Partner Center's own headers [Item 0]",
		);
	});
});
