/** A table of items, wherever n8n shows one. */
import type { Locator } from 'playwright-core';

/** The cells in these columns, row by row. */
export async function readItems(panel: Locator, columns: string[]): Promise<string[][]> {
	const cells = await panel
		.locator('table tr')
		.evaluateAll((rows) =>
			rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent.trim())),
		);
	const [header = [], ...rows] = cells;
	return rows.map((row) => columns.map((column) => row[header.indexOf(column)] ?? ''));
}
