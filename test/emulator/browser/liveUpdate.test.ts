/** The overview keeps itself up to date, and never takes anything from the person who reads it. */
import type { Page } from 'playwright-core';
import { CONTOSO } from '../contract/support/emulator';
import { stageForThisFile } from './support/stage';

const stage = stageForThisFile();
const NO_ANSWER = /Failed to load resource/;

const rowOf = (page: Page, customer: string) =>
	page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: customer }) });
/** A mark that a reload, or a replaced element, would wipe out. */
const mark = async (page: Page) => {
	await page.evaluate(`window.mark = document.querySelector('[data-key="${CONTOSO}"]')`);
};
const markStands = async (page: Page) =>
	await page.evaluate(`window.mark === document.querySelector('[data-key="${CONTOSO}"]')`);

test('a confirmation appears by itself: focus, typing, selection and scroll stay', async () => {
	const page = await stage.open('/');
	await mark(page);
	await rowOf(page, 'Contoso').getByText('Not confirmed').waitFor();
	const search = page.getByRole('searchbox', { name: 'Find a customer by name, domain or ID' });
	await search.pressSequentially('north');
	await page.evaluate('window.scrollTo(0, 150)');

	expect(await stage.confirm(CONTOSO)).toBe(201);
	await rowOf(page, 'Contoso').getByText('Tania Carr').waitFor();
	await page.getByRole('region', { name: 'Last requests' }).getByText('201 Created').waitFor();
	await page.getByText('Customers', { exact: true }).first().waitFor();

	expect(await markStands(page)).toBe(true);
	expect(await page.evaluate('document.activeElement.id')).toBe('search');
	expect(await search.inputValue()).toBe('north');
	expect(await page.evaluate('window.scrollY')).toBe(150);
	await page.keyboard.type('wind');
	expect(await search.inputValue()).toBe('northwind');
});

test('what a person has selected to copy stays selected while requests come in', async () => {
	await stage.call('/v1/customers?size=1');
	const page = await stage.open('/');
	await page.getByText('GET /v1/customers?size=1').selectText();
	await stage.call('/v1/customers?size=2');
	await page.getByText('GET /v1/customers?size=2').waitFor();
	expect(await page.evaluate('String(getSelection()).trim()')).toBe('GET /v1/customers?size=1');
});

test('requests come in newest first, and those beyond 25 leave', async () => {
	const page = await stage.open('/');
	await page.getByText('None yet. Run a workflow').waitFor();
	const paths = async () =>
		await page
			.getByRole('table', { name: /last requests/ })
			.locator('tbody code')
			.allTextContents();
	const expected: string[] = [];
	for (let size = 1; size <= 30; size += 1) {
		await stage.call(`/v1/customers?size=${size}`);
		expected.unshift(`GET /v1/customers?size=${size}`);
		if (size === 10) await page.getByText('GET /v1/customers?size=10').waitFor();
	}
	await page.getByText('GET /v1/customers?size=30').waitFor();
	expect(await paths()).toEqual(expected.slice(0, 25));

	stage.emulator.reset();
	await page.getByText('None yet. Run a workflow').waitFor();
	expect(await page.getByRole('table', { name: /last requests/ }).count()).toBe(0);
});

test('the button pauses updates and resumes them, by keyboard alone', async () => {
	const page = await stage.open('/');
	const status = page.getByRole('status');
	expect(await status.textContent()).toBe('Updates every 3 seconds');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	expect(await status.textContent()).toMatch(/^Paused at \d\d:\d\d:\d\d$/);

	let fetched = 0;
	page.on('request', () => (fetched += 1));
	await stage.confirm(CONTOSO);
	await page.waitForTimeout(4000);
	expect(fetched).toBe(0);
	await rowOf(page, 'Contoso').getByText('Not confirmed').waitFor();

	expect(await page.evaluate('document.activeElement.textContent')).toBe('Resume updates');
	await page.keyboard.press('Space');
	await rowOf(page, 'Contoso').getByText('Tania Carr').waitFor({ timeout: 2000 });
	expect(await status.textContent()).toBe('Updates every 3 seconds');
});

test('says so when the emulator does not answer, and goes on when it answers again', async () => {
	const page = await stage.open('/', { expects: NO_ANSWER });
	await page.route('**/*', async (route) => await route.abort());
	await page.getByText('The emulator does not answer; trying again').waitFor();
	await rowOf(page, 'Contoso').waitFor();
	await page.unroute('**/*');
	await page.getByText('Updates every 3 seconds').waitFor();
});

test('a search stays a search while the page updates', async () => {
	const page = await stage.open('/');
	await page.getByRole('searchbox').fill('contoso');
	await page.keyboard.press('Enter');
	await page.getByText('1 customer with “contoso”').waitFor();
	await stage.confirm(CONTOSO);
	await rowOf(page, 'Contoso').getByText('Tania Carr').waitFor();
	expect(await page.getByRole('rowheader', { name: /Fabrikam/ }).count()).toBe(0);
	await page.getByRole('link', { name: 'Show all' }).click();
	await page.getByRole('rowheader', { name: /Fabrikam/ }).waitFor();
});

test('without scripts the page reloads by itself, and a link stops that', async () => {
	const page = await stage.open('/', { javaScriptEnabled: false });
	expect(await page.getByRole('button', { name: 'Pause updates' }).count()).toBe(0);
	await stage.confirm(CONTOSO);
	await rowOf(page, 'Contoso').getByText('Tania Carr').waitFor();

	await page.getByRole('link', { name: 'Stop refreshing' }).click();
	await page.getByRole('link', { name: 'Refresh every 3 seconds' }).waitFor();
	let loads = 0;
	page.on('load', () => (loads += 1));
	await page.waitForTimeout(4000);
	expect(loads).toBe(0);
});
