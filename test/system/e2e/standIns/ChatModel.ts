/**
 * A chat model that says what the test wrote down, over the part of OpenAI's API that n8n's node
 * "OpenAI Chat Model" uses. So n8n's own agent and its own tool execution run, and no model does.
 */
import { createServer, type Server } from 'node:http';
import { z } from 'zod';

import { listen } from './listen';

/** One answer: a call of the first tool with these arguments, or a text. */
export type Line = { call: Record<string, unknown> } | { text: string };

const messageSchema = z.object({ role: z.string(), content: z.unknown() }).passthrough();
const requestSchema = z.object({
	stream: z.boolean().optional(),
	messages: z.array(messageSchema),
	tools: z
		.array(
			z.object({
				function: z.object({
					name: z.string(),
					description: z.string().optional(),
					parameters: z.object({ properties: z.record(z.unknown()) }).passthrough(),
				}),
			}),
		)
		.optional(),
});
export type ModelRequest = z.infer<typeof requestSchema>;

export class ChatModel {
	/** What the agent sent, oldest first. */
	readonly requests: ModelRequest[] = [];
	private lines: Line[] = [];

	private constructor(
		private readonly server: Server,
		/** The base URL for n8n's OpenAI credential. */
		readonly url: string,
	) {}

	static async open(): Promise<ChatModel> {
		const server = createServer((request, response) => {
			let text = '';
			request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
			request.on('end', () => {
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify(model.answer(requestSchema.parse(JSON.parse(text)))));
			});
		});
		const model = new ChatModel(server, `http://127.0.0.1:${await listen(server)}/v1`);
		return model;
	}

	/** What it says from now on, one line for each request; what was sent before is forgotten. */
	script(...lines: Line[]): void {
		this.lines = lines;
		this.requests.length = 0;
	}

	/** What the tool answered to each call, as the agent passed it on to the model. */
	get toolAnswers(): string[] {
		const { messages = [] } = this.requests.at(-1) ?? {};
		return messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content));
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private answer(request: ModelRequest): unknown {
		this.requests.push(request);
		const line = this.lines.shift() ?? { text: 'Nothing more to say.' };
		const number = this.requests.length;
		const message =
			'text' in line
				? { role: 'assistant', content: line.text }
				: {
						role: 'assistant',
						content: null,
						tool_calls: [
							{
								id: `call-${number}`,
								type: 'function',
								function: {
									name: request.tools?.[0]?.function.name,
									arguments: JSON.stringify(line.call),
								},
							},
						],
					};
		return {
			id: `answer-${number}`,
			object: 'chat.completion',
			created: 0,
			model: 'scripted',
			choices: [{ index: 0, message, finish_reason: 'text' in line ? 'stop' : 'tool_calls' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	}
}
