/** Everybody can read and use the emulator's pages, light and dark, wide and narrow. */
import {
	CONTOSO,
	FABRIKAM,
	UNKNOWN_CUSTOMER,
	ALPINE_WITHOUT_RELATIONSHIP,
} from '../contract/support/emulator';
import { authorizeUrl } from '../contract/support/signIn';
import { accessibilityFindings } from './support/accessibility';
import { stageForThisFile } from './support/stage';

const stage = stageForThisFile({ rateLimit: 500, latency: [0, 2] });

/** Every kind of answer: 2xx, 3xx, 4xx, 5xx, and none. */
async function requestsOfEveryStatus(): Promise<(number | null)[]> {
	const { faults, baseUrl } = stage.emulator;
	const statuses = [
		await stage.confirm(CONTOSO),
		await stage.confirm(CONTOSO),
		await stage.call('/v1/customers?size=5'),
		await stage.confirm(UNKNOWN_CUSTOMER),
		await stage.confirm(ALPINE_WITHOUT_RELATIONSHIP),
	];
	for (const what of [
		'status-429',
		'html-502',
		'status-503',
		'expired-401',
		'reset-before-write',
	] as const) {
		faults.script([{ what }]);
		statuses.push(await stage.confirm(FABRIKAM));
	}
	const signedIn = await fetch(baseUrl + authorizeUrl(), {
		method: 'POST',
		body: 'action=signIn',
		redirect: 'manual',
	});
	return [...statuses, signedIn.status];
}

const overviews: [string, () => Promise<void> | void][] = [
	['with the sample customers', () => undefined],
	['without customers', () => stage.emulator.seed({ customers: [] })],
	[
		'after requests of every status',
		async () => {
			expect(await requestsOfEveryStatus()).toEqual([
				201,
				409,
				200,
				404,
				403,
				429,
				502,
				503,
				401,
				null,
				302,
			]);
		},
	],
	[
		'with faults pending and switches turned',
		() => {
			stage.emulator.faults.script([{ what: 'status-503', times: 2 }, { what: 'hang' }]);
			stage.emulator.faults.atRandom({ seed: 1, rate: 0, kinds: ['status-500'] });
			stage.emulator.switches.bom = true;
		},
	],
];

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
	test.each(overviews)('the overview %s is accessible', async (_what, arrange) => {
		await arrange();
		const page = await stage.open('/', { colorScheme });
		expect(await accessibilityFindings(page)).toEqual([]);
	});

	test('the overview is accessible while paused, and while a search finds nobody', async () => {
		const page = await stage.open('/?customer=nobody', { colorScheme });
		await page.getByRole('button', { name: 'Pause updates' }).click();
		expect(await accessibilityFindings(page)).toEqual([]);
	});

	test('the sign-in page is accessible', async () => {
		const page = await stage.open(authorizeUrl(), { colorScheme });
		expect(await accessibilityFindings(page)).toEqual([]);
	});

	test('the page of a refused sign-in is accessible', async () => {
		const page = await stage.open(authorizeUrl({ client_id: 'nobody' }), {
			colorScheme,
			expects: /status of 400/,
		});
		await page.getByText('AADSTS700016').waitFor();
		expect(await accessibilityFindings(page)).toEqual([]);
	});
});

test('axe-core would notice: grey on grey is a finding', async () => {
	const page = await stage.open('/');
	await page.evaluate(`document.querySelector('h1').style.color = '#ccc'`);
	expect(await accessibilityFindings(page)).toEqual([expect.stringMatching(/^color-contrast/)]);
});

test.each([
	['the overview', '/'],
	['the sign-in page', authorizeUrl()],
])('%s fits a screen of 320 pixels without scrolling sideways', async (_what, path) => {
	await requestsOfEveryStatus();
	stage.emulator.switches.duplicateStatus = 400;
	const page = await stage.open(path, { viewport: { width: 320, height: 640 } });
	expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
	expect(await accessibilityFindings(page)).toEqual([]);
});

test('the overview has one heading of the page, one for each section, and a name for each table', async () => {
	await stage.confirm(CONTOSO);
	stage.emulator.faults.script([{ what: 'hang' }]);
	const page = await stage.open('/');
	expect(await page.getByRole('heading', { level: 1 }).allTextContents()).toEqual([
		'Partner Center emulator',
	]);
	for (const name of ['Connect n8n', 'Customers', 'Last requests', 'Faults', 'Switches']) {
		await page
			.getByRole('region', { name, exact: true })
			.getByRole('heading', { level: 2, name })
			.waitFor();
	}
	for (const name of [
		'Customers and their agreements',
		'The last requests, newest first',
		'Faults that are pending',
		'Switches and how they stand',
	]) {
		await page.getByRole('table', { name }).waitFor();
	}
	await page.getByRole('rowheader', { name: /^Fabrikam/ }).waitFor();
});
