/** The canvas: the nodes of a workflow, the lines between them, and a run of all of it. */
import type { Locator } from 'playwright-core';

import type { Editor } from './Editor';
import { NodeForm } from './NodeForm';

export class Canvas {
	constructor(private readonly editor: Editor) {}

	/** Opens a workflow by its id, as it is when it fills the window. */
	async open(workflowId: string): Promise<void> {
		await this.editor.open(`/workflow/${workflowId}`);
		await this.editor.byId('canvas-node').first().waitFor();
	}

	node(name: string): Locator {
		return this.editor.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Name, subtitle and names of outputs, as they are read on the node. */
	async textOf(name: string): Promise<string[]> {
		return (await this.node(name).innerText())
			.split('\n')
			.map((line) => line.trim())
			.filter((line) => line !== '');
	}

	/** What the red triangle on a node says. */
	async issuesOf(name: string): Promise<string> {
		return await this.editor.hoverText(this.node(name).locator('[data-test-id="node-issues"]'));
	}

	async openForm(name: string): Promise<NodeForm> {
		await this.node(name).dblclick();
		const form = new NodeForm(this.editor);
		await form.isOpen();
		return form;
	}

	/** Starts the workflow. */
	async execute(): Promise<void> {
		const started = this.editor.page.waitForResponse(/\/rest\/workflows\/[^/]+\/run/);
		await this.editor.byId('execute-workflow-button').first().click();
		await started;
	}

	/** How many items went along each line: `{ 'A → B': '2 items' }`. */
	async items(): Promise<Record<string, string>> {
		const labels = await this.editor
			.byId('edge-label')
			.evaluateAll((elements) =>
				elements.map((element) => [
					`${element.getAttribute('data-source-node-name')} → ${element.getAttribute('data-target-node-name')}`,
					element.textContent.trim(),
				]),
			);
		return Object.fromEntries(labels.filter(([, text]) => text !== ''));
	}
}
