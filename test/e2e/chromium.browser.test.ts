import { launchChromium } from './browser/chromium';

test('where there is no Chromium, the message says how to get one', async () => {
	await expect(launchChromium('/nowhere/chromium')).rejects.toThrow(
		/no Chromium at \/nowhere\/chromium\. Install it .*apt-get install chromium.*CHROMIUM_PATH/,
	);
});
