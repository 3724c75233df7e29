/** Names of many scripts read as they are written, and leave what stands beside them alone. */
import type { CustomerInput } from '../../../dev/emulator/state';
import { stageForThisFile } from './support/stage';

const stage = stageForThisFile();

const customer = (
	index: number,
	companyName: string,
	firstName: string,
	lastName: string,
): CustomerInput => ({
	id: `00000000-0000-4000-8000-00000000000${index}`,
	companyName,
	domain: `customer${index}.example`,
	agreements: [
		{
			primaryContact: {
				firstName,
				lastName,
				email: `contact@customer${index}.example`,
				phoneNumber: '+971 4 555 0101',
			},
			dateAgreed: '2025-02-01T00:00:00Z',
		},
	],
});

const cases: [string, 'rtl' | 'ltr', CustomerInput][] = [
	['Arabic', 'rtl', customer(1, 'شركة المثال للتجارة', 'ليلى', 'حداد')],
	['Hebrew', 'rtl', customer(2, 'חברה לדוגמה (1998)', 'נועה', 'לוי')],
	['Japanese', 'ltr', customer(3, '株式会社サンプル', '美咲', '山田')],
	['Korean', 'ltr', customer(4, '예시 주식회사', '지우', '김')],
	['Devanagari', 'ltr', customer(5, 'उदाहरण प्राइवेट लिमिटेड', 'अनन्या', 'शर्मा')],
	['Vietnamese', 'ltr', customer(6, 'Công ty Ví Dụ', 'Nguyễn', 'Thị Hương')],
];

test.each(cases)('%s', async (_script, direction, shown) => {
	stage.emulator.seed({ customers: [shown] });
	const page = await stage.open('/');
	const row = page.getByRole('row').filter({ hasText: shown.domain });
	const company = row.locator('.name');
	expect(await company.textContent()).toBe(shown.companyName);
	expect(
		await page.evaluate(`getComputedStyle(document.querySelector('th .name')).direction`),
	).toBe(direction);

	// The date follows the name, whichever way the name runs, and names begin where their column does.
	const name = row.locator('li > :first-child');
	const [nameBox, dateBox] = [await name.boundingBox(), await row.locator('time').boundingBox()];
	expect(dateBox?.x).toBeGreaterThan((nameBox?.x ?? 0) + (nameBox?.width ?? 0));
	expect(dateBox?.y).toBeCloseTo(nameBox?.y ?? 0, -1);
	const columnStart = (await row.locator('th').boundingBox())?.x;
	expect((await company.boundingBox())?.x).toBeCloseTo(columnStart ?? 0, 0);

	await stage.call(`/v1/customers/${shown.id}`);
	const request = page.getByRole('region', { name: 'Last requests' }).locator('tbody tr');
	const nameInRequest = request.getByText(shown.companyName);
	await nameInRequest.waitFor();
	const pathStart = (await request.locator('code').boundingBox())?.x;
	expect((await nameInRequest.boundingBox())?.x).toBeCloseTo(pathStart ?? 0, 0);
});

test('a right-to-left name can be searched for', async () => {
	stage.emulator.seed({ customers: cases.map(([, , one]) => one) });
	const page = await stage.open('/');
	await page.getByRole('searchbox').fill('المثال');
	await page.keyboard.press('Enter');
	await page.getByText('1 customer with').waitFor();
	expect(await page.getByRole('rowheader').filter({ hasText: 'example' }).count()).toBe(1);
});
