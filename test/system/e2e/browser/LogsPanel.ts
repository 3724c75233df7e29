/** The panel below the canvas: each node of the last run, with its items in a wide table. */
import type { Locator } from 'playwright-core';

import type { Editor } from './Editor';
import { readItems } from './itemTable';

export class LogsPanel {
	constructor(private readonly editor: Editor) {}

	/** The right-hand side: the items of the node that is chosen. */
	get details(): Locator {
		return this.editor.byId('log-details');
	}

	/** Opens the panel, and the items that left this node. */
	async open(node: string): Promise<void> {
		await this.editor.byId('logs-overview-header').click();
		await this.editor.byId('logs-overview-body').getByText(node, { exact: true }).click();
		await this.details.getByText(node, { exact: true }).first().waitFor();
	}

	/** Draws the panel up until all of the table is there. */
	async grow(): Promise<void> {
		const panel = await this.editor.byId('logs-panel').boundingBox();
		if (panel === null) throw new Error('The logs are not open');
		const { mouse } = this.editor.page;
		const x = panel.x + panel.width / 2;
		await mouse.move(x, panel.y);
		await mouse.down();
		await mouse.move(x, TOP, { steps: 5 });
		await mouse.up();
	}

	/** The items in the table: what is in these columns, row by row. */
	async items(columns: string[]): Promise<string[][]> {
		return await readItems(this.details, columns);
	}
}

/** Below the editor's head, in pixels. */
const TOP = 110;
