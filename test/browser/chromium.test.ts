/** The browser that the other tests run in. */
import { launchChromium, newPage } from './chromium';

test('says how to install Chromium where there is none', async () => {
	const before = process.env['CHROMIUM_PATH'];
	process.env['CHROMIUM_PATH'] = '/nowhere/chromium';
	try {
		await expect(launchChromium()).rejects.toThrow(
			'There is no Chromium at /nowhere/chromium. Install it with "sudo apt-get install chromium"',
		);
	} finally {
		if (before === undefined) delete process.env['CHROMIUM_PATH'];
		else process.env['CHROMIUM_PATH'] = before;
	}
});

test('opens pages of the size, sharpness, language and time zone asked for', async () => {
	const browser = await launchChromium();
	try {
		const seen = `[innerWidth, innerHeight, devicePixelRatio, navigator.language,
			Intl.DateTimeFormat().resolvedOptions().timeZone, matchMedia('(prefers-color-scheme: dark)').matches]`;
		const plain = await newPage(browser);
		expect(await plain.evaluate(seen)).toEqual([1440, 900, 1, 'en-US', 'UTC', false]);
		const chosen = await newPage(browser, {
			deviceScaleFactor: 2,
			viewport: { width: 800, height: 600 },
			timezone: 'Asia/Kolkata',
			colorScheme: 'dark',
		});
		expect(await chosen.evaluate(seen)).toEqual([
			800,
			600,
			2,
			'en-US',
			expect.stringMatching(/^Asia\/(Kolkata|Calcutta)$/),
			true,
		]);
	} finally {
		await browser.close();
	}
}, 60_000);
