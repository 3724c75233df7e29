/** The page at `/`, as the server makes it. What only a browser shows is in `test/emulator/browser`. */
import { createHash } from 'node:crypto';
import {
	EMULATOR_CLIENT_ID,
	EMULATOR_CLIENT_SECRET,
	EMULATOR_TENANT_ID,
} from '../../../dev/emulator/identity/registeredApp';
import { CONTOSO, emulatorForThisFile } from './support/emulator';
import { documented, requestWithContact } from './support/fixtures';

const harness = emulatorForThisFile();

describe('the page for people', () => {
	const page = async (path = '/') => (await harness.http.get<string>(path)).data;
	/** What is left of HTML for a reader: its words, a space apart. */
	const textOf = (markup: string) =>
		markup
			.replace(/<(style|script)>[^]*?<\/\1>/g, ' ')
			.replace(/<[^>]*>/g, ' ')
			.replace(/\s+/g, ' ');

	test('shows customers, their agreements, the last requests and the switches', async () => {
		await harness.confirm(CONTOSO, documented.confirmRequest);
		const shown = await page();
		for (const text of [
			'Contoso',
			'Tania Carr',
			'someone@example.com',
			'Björkström',
			'duplicateStatus',
		]) {
			expect(shown).toContain(text);
		}
		expect(shown).toContain(`POST /v1/customers/${CONTOSO}/agreements`);
		expect(shown).toContain('201 Created');
	});

	test('tells customers that accepted by themselves from those that did not accept', async () => {
		const shown = textOf(await page());
		for (const [label, count] of [
			['Customers', 14],
			['Confirmed', 5],
			['Accepted directly', 1],
			['Older terms only', 1],
			['Not confirmed', 7],
		]) {
			expect(shown).toContain(` ${label} ${count} `);
		}
		const rowOf = async (name: string) =>
			textOf(
				new RegExp(
					`<tr data-key[^>]*>\\s*<th scope="row">\\s*<bdi class="name">${name}<[^]*?</tr>`,
				).exec(await page())?.[0] ?? '',
			);
		expect(await rowOf('Trey Research')).toContain('Accepted directly');
		expect(await rowOf('Trey Research')).not.toContain('Not confirmed');
		expect(await rowOf('Contoso')).toContain('Not confirmed');
		expect(await rowOf('Alpine Ski House')).toContain('No reseller relationship');
		expect(await rowOf('Humongous Insurance')).toContain('Older terms only');
		expect(await rowOf('Humongous Insurance')).toContain('before the terms of April 2023');
		expect(await rowOf('Fabrikam')).toContain('Confirmed Femke van der Meulen , 2024-03-18');
		expect(await rowOf('Fabrikam')).not.toContain('before the terms');
	});

	test('says how to connect, without the secret', async () => {
		const shown = textOf(await page());
		expect(shown).toContain(`Emulator URL ${harness.emulator.baseUrl} `);
		expect(shown).toContain(`Tenant ${EMULATOR_TENANT_ID} `);
		expect(shown).toContain(`Client ID ${EMULATOR_CLIENT_ID} `);
		expect(shown).toContain('Client Secret as npm run emulator prints it');
		expect(shown).not.toContain(EMULATOR_CLIENT_SECRET);
	});

	test('says what is in force: faults that are pending, and switches that were turned', async () => {
		expect(textOf(await page())).toContain(
			'Latency: none Rate limit: none Faults: none pending Switches: all at their defaults',
		);
		harness.emulator.faults.script([
			{ what: 'status-503', times: 3, match: { method: 'post', path: '/agreements$' } },
			{ what: 'hang' },
		]);
		harness.emulator.faults.atRandom({ seed: 7, rate: 0.25, kinds: ['status-500', 'html-502'] });
		harness.emulator.switches.duplicateStatus = 400;
		const shown = textOf(await page());
		expect(shown).toContain('Faults: 4 pending, at random');
		expect(shown).toContain('status-503 retryAfterSeconds none POST /agreements$ 3');
		expect(shown).toContain('hang any 1');
		expect(shown).toContain('At random, 25% of the calls ( ^/v1/ ), seed 7 : status-500, html-502');
		expect(shown).toContain('Switches: 1 changed');
		expect(shown).toContain('duplicateStatus 400 Changed default 409 HTTP status when');
	});

	test('says a sentence about every switch', async () => {
		const shown = textOf(await page());
		for (const [name, value] of Object.entries(harness.emulator.switches)) {
			expect(shown).toMatch(new RegExp(` ${name} ${String(value)} [A-Z][^.]{15,}\\. `));
		}
	});

	test('names the customer beside a request', async () => {
		await harness.confirm(CONTOSO, documented.confirmRequest);
		expect(textOf(await page())).toContain(
			`POST /v1/customers/${CONTOSO}/agreements Contoso 201 Created`,
		);
	});

	test('stays short with thousands of customers and requests, and finds each', async () => {
		const number = (index: number) => String(index).padStart(5, '0');
		harness.emulator.seed({
			customers: Array.from({ length: 10_000 }, (_, index) => ({
				id: `00000000-0000-4000-8000-0000000${number(index)}`,
				companyName: `Fabrikam ${number(index)}`,
				domain: `fabrikam${number(index)}.example`,
			})),
		});
		for (let call = 0; call < 30; call += 1) await harness.http.get('/v1/customers');
		const whole = await page();
		expect(whole.length).toBeLessThan(150_000);
		expect(textOf(whole)).toContain(' Customers 10,000 ');
		expect(textOf(whole)).toContain('and 9,900 more: find them by name, domain or ID');
		expect(textOf(whole)).toContain('and 5 more: all requests as JSON');
		expect(whole).not.toContain('Fabrikam 07312');
		for (const search of ['FABRIKAM 07312', 'fabrikam07312.example', '8000-000000007312']) {
			const found = textOf(await page(`/?${new URLSearchParams({ customer: search }).toString()}`));
			expect(found).toContain('1 customer with');
			expect(found).toContain('Fabrikam 07312');
		}
	});

	test('says what to do where there are no customers, or none that is looked for', async () => {
		expect(textOf(await page('/?customer=nobody'))).toContain(
			'0 customers with “ nobody ”. Show all',
		);
		harness.emulator.seed({ customers: [] });
		expect(textOf(await page())).toContain('None yet. POST /_emulator/customers adds one');
	});

	test('refreshes by itself where scripts are off, until a person stops it', async () => {
		const refresh = '<noscript><meta http-equiv="refresh" content="3" /></noscript>';
		expect(await page()).toContain(refresh);
		expect(await page()).toContain('href="/?refresh=off">Stop refreshing');
		expect(await page('/?refresh=off')).not.toContain('http-equiv="refresh"');
	});

	test('lets no other script or style in than its own', async () => {
		const { data, headers } = await harness.http.get<string>('/');
		const policy = String(headers['content-security-policy']);
		for (const [tag, directive] of [
			['style', 'style-src'],
			['script', 'script-src'],
		]) {
			const [, text = ''] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(data) ?? [];
			const hash = createHash('sha256').update(text).digest('base64');
			expect(policy).toContain(`${directive} 'sha256-${hash}'`);
		}
		expect(policy).toContain("default-src 'none'");
		expect(policy).not.toContain('unsafe');
	});

	test('escapes what callers sent', async () => {
		const firstName = '<img src=x onerror=alert(1)>"\'&';
		await harness.confirm(CONTOSO, requestWithContact({ firstName }));
		await harness.call({ url: `/v1/<script>alert(2)</script>` });
		const shown = await page();
		expect(shown).toContain('&#60;img src=x onerror=alert(1)&#62;&#34;&#39;&#38;');
		expect(shown).not.toContain('<img');
		expect(shown.match(/<script/g)).toHaveLength(1);
		const searched = await page(
			`/?${new URLSearchParams({ customer: `"><img src=x>` }).toString()}`,
		);
		expect(searched).toContain('value="&#34;&#62;&#60;img src=x&#62;"');
		expect(searched).not.toContain('<img');
	});
});
