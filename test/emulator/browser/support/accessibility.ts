/** What axe-core finds against WCAG 2.2 A and AA, and against its own good practice. */
import { source, type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** Each finding as a sentence with the elements it is about; empty when there is none. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
	await page.evaluate(source);
	const results = await page.evaluate<AxeResults>(
		`axe.run({ rules: { 'target-size': { enabled: true } } })`,
	);
	if (results.passes.length === 0) throw new Error('axe-core looked at nothing');
	return results.violations.map(
		({ id, help, nodes }) =>
			`${id}: ${help} (${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join('; ')})`,
	);
}
