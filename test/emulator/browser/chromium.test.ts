/** The browser that the other tests run in. */
import { launchChromium, newPage } from '../../support/browser/chromium';

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
