/**
 * Workflows that run on the canvas: how many items went where, and what a person finds in the form
 * of a node afterwards.
 */
import { importable, sampleWorkflow, idOf } from '../../../dev/n8n/sampleContent';
import { Canvas } from './browser/Canvas';
import { newEditorPage } from './browser/editorPage';
import { inBrowser } from './browser/Desk';
import { LogsPanel } from './browser/LogsPanel';
import { Film } from './browser/Film';
import { boxAround, takePicture, takePictures } from './browser/pictures';
import { expectSoon } from './browser/soon';

/** The top of it: the first customers. */
const EMULATOR_PAGE = { width: 1120, height: 620 };
/** What the names of nodes take around them, in pixels. */
const NAMES = 56;
/** Where the counts behind the last nodes would be cut. */
const LOOSE_ENDS = 32;
const SMALL_WINDOW = { width: 1280, height: 800 };
const NEVER = 'The agreement was never confirmed.';
const NO_RELATIONSHIP =
	"There is no active reseller relationship, so the customer's agreements can't be read.";
const EXPIRED = 'The last acceptance is from before 2023-04-01 and counts as expired.';
const TRIGGER = 'When clicking ‘Execute workflow’';

/** The sample workflow, with one customer more among its pinned ones, and without its note. */
function fourCustomers() {
	const workflow = sampleWorkflow('confirm-customer-agreements.json');
	const { [TRIGGER]: pinned } = workflow.pinData as Record<string, unknown[]>;
	const another = {
		companyName: 'Northwind Traders',
		customerId: '4cd01ca6-16bc-478d-893a-ac4d327c871f',
		firstName: 'Łukasz',
		lastName: 'Wójcik',
		email: 'lukasz.wojcik@northwindtraders.example',
		phoneNumber: '+48 22 555 0134',
		dateAgreed: '2025-05-02T15:30:00+02:00',
	};
	const pinData = { [TRIGGER]: [...(pinned ?? []), { json: another }] };
	const nodes = workflow.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
	return importable({ ...workflow, nodes, pinData }, 'fourCustomers');
}

const it = inBrowser({ workflows: [fourCustomers(), sampleWorkflow('coverage-report.json')] });

it('a run shows 2 items on Confirmed, 1 on Already Exists and 1 on the error output', async (desk) => {
	const { browser, editor, emulator } = desk;
	const canvas = new Canvas(editor);
	const film = new Film(editor.page, 'confirm');
	await canvas.open('fourCustomers');
	await film.frame();
	const before = await canvas.openForm('Confirm Agreement');
	await film.frame();
	await before.close();
	await canvas.execute();

	await expectSoon(() => canvas.items(), {
		[`${TRIGGER} → Confirm Agreement`]: '4 items',
		'Confirm Agreement → Confirmed': '2 items',
		'Confirm Agreement → Already Exists': '1 item',
		'Confirm Agreement → Error': '1 item',
	});
	expect(await canvas.textOf('Confirm Agreement')).toEqual([
		'Confirmed',
		'Already Exists',
		'Error',
		'Confirm Agreement',
		'Confirm Customer Agreement',
	]);
	const ends = [TRIGGER, 'Confirmed', 'Error'].map((name) => canvas.node(name));
	const box = await boxAround(ends, NAMES);
	await takePictures(editor.page, 'canvas', { ...box, width: box.width - LOOSE_ENDS });
	await film.frame();

	await editor.page.setViewportSize(SMALL_WINDOW);
	const form = await canvas.openForm('Confirm Agreement');
	expect(await form.output.branches()).toEqual([
		'Confirmed Branch (2 items)',
		'Already Exists Branch (1 item)',
		'Error Branch (1 item)',
	]);
	expect(await form.output.hints()).toEqual([
		'Customer agreements: 2 confirmed, 1 already there, 1 failed.',
	]);
	await takePicture(editor.page, 'node-form', await boxAround([form.dialog]));
	for (const branch of [0, 1, 2]) {
		await form.output.openBranch(branch);
		await film.frame();
	}
	film.end();

	await expectSoon(
		() => form.output.items(['companyName', 'error', 'message']),
		[
			[
				"Margie's Travel",
				`'Email' is not an e-mail address: "joost.dijkgraaf(at)margiestravel.example" [Item 2]`,
				"Map it from the CRM's contact: one address, such as someone@example.com.",
			],
		],
	);

	const page = await newEditorPage(browser);
	await page.setViewportSize(EMULATOR_PAGE);
	await page.goto(emulator.baseUrl);
	await page.getByText('lukasz.wojcik@northwindtraders.example').first().waitFor();
	await takePicture(page, 'emulator-page', { x: 0, y: 0, ...EMULATOR_PAGE });
	await page.context().close();
});

it('the coverage report sorts all customers of the tenant, and says why they need action', async (desk) => {
	const { editor, emulator } = desk;
	emulator.reset();
	const canvas = new Canvas(editor);
	await canvas.open(idOf('coverage-report.json'));
	await canvas.execute();

	const all = String(emulator.state.customers.length);
	await expectSoon(() => canvas.items(), {
		'Every Monday → Your Values': '1 item',
		'Your Values → Get Customers': '1 item',
		'Get Customers → Get Agreement Status': `${all} items`,
		'Get Agreement Status → Needs Action?': `${all} items`,
		'Needs Action? → To Report': '8 items',
		'Needs Action? → Covered': '6 items',
		'To Report → Cells as Text': '8 items',
		'Cells as Text → Convert to CSV': '8 items',
		'Convert to CSV → Mail the Report': '1 item',
	});

	const logs = new LogsPanel(editor);
	await logs.open('To Report');
	const columns = ['companyName', 'partnerConfirmed', 'directSigned', 'needsAction', 'reason'];
	await expectSoon(
		() => logs.items(columns),
		[
			['Contoso', 'false', 'false', 'true', NEVER],
			['Northwind Traders', 'false', 'false', 'true', NEVER],
			['Wide World Importers', 'false', 'false', 'true', NEVER],
			['Proseware', 'false', 'false', 'true', NEVER],
			['Coho Winery', 'false', 'false', 'true', NEVER],
			['Alpine Ski House', 'null', 'null', 'true', NO_RELATIONSHIP],
			["Margie's Travel", 'false', 'false', 'true', NEVER],
			['Humongous Insurance', 'true', 'false', 'true', EXPIRED],
		],
	);
	await logs.grow();
	await takePicture(
		editor.page,
		'coverage-report',
		await boxAround([logs.details.locator('table')], 8),
	);
});
