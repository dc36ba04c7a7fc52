import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Message {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content?: unknown;
	tool_calls?: Array<{ function: { name: string } }>;
}

interface Tool {
	function: { name: string; description: string; parameters: { properties?: Record<string, unknown> } };
}

/** What the model does next: uses a tool, or answers. */
export type Step = { tool: string; given: Record<string, unknown> } | { answer: string };

/** Decides on the next step from what the user asked for and what the tools have answered so far, as texts. */
export type Script = (asked: string, toolAnswers: string[]) => Step;

export interface ScriptedModel {
	/** The base URL for a credential of OpenAI. */
	url: string;
	/** The tools as the agent last offered them, by name. */
	tools(): Map<string, Tool['function']>;
	close(): Promise<void>;
}

const textOf = (content: unknown): string =>
	typeof content === 'string' ? content : JSON.stringify(content);

function reply(step: Step, count: number): object {
	const message =
		'answer' in step
			? { role: 'assistant', content: step.answer }
			: {
					role: 'assistant',
					content: null,
					tool_calls: [
						{
							id: `call_${count}`,
							type: 'function',
							function: { name: step.tool, arguments: JSON.stringify(step.given) },
						},
					],
				};
	const finish_reason = 'answer' in step ? 'stop' : 'tool_calls';
	return {
		id: `chat_${count}`,
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason }],
		usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
	};
}

/** A language model that follows a script, behind the chat completions API that n8n's OpenAI node speaks. */
export async function startScriptedModel(script: Script): Promise<ScriptedModel> {
	let offered = new Map<string, Tool['function']>();
	let count = 0;
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { messages = [], tools = [] } = JSON.parse(Buffer.concat(chunks).toString() || '{}') as {
			messages?: Message[];
			tools?: Tool[];
		};
		offered = new Map(tools.map(({ function: tool }) => [tool.name, tool]));
		const asked = textOf(messages.filter(({ role }) => role === 'user').at(-1)?.content);
		const answers = messages.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content));
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(reply(script(asked, answers), ++count)));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		tools: () => offered,
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}
