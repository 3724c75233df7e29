/** An agent without a model: n8n's own tool invocation, with the arguments that a test chose. */
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

interface Tool {
	name: string;
	description: string;
	schema: { shape?: Record<string, unknown> };
	invoke(args: unknown): Promise<unknown>;
}

/** Calls its tool with each input item's json as the arguments that a model would choose. */
export class ScriptedAgent implements INodeType {
	description = {
		displayName: 'Scripted Agent',
		name: 'scriptedAgent',
		group: ['transform' as const],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main' as const, 'ai_tool' as const],
		outputs: ['main' as const],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const connected = (await this.getInputConnectionData('ai_tool', 0)) as Tool | Tool[];
		const [tool] = [connected].flat();
		const answers: INodeExecutionData[] = [];
		for (const { json } of this.getInputData()) {
			const answer = await tool?.invoke(json).catch((error: Error) => `refused: ${error.message}`);
			answers.push({
				json: {
					answer: answer as string,
					tool: tool?.name ?? '',
					fields: Object.keys(tool?.schema.shape ?? {}),
				},
			});
		}
		return [answers];
	}
}
