import type { Received } from './stand-in.mts';

/** What n8n shows a language model of OpenAI's interface: the conversation so far, and the tools. */
export interface ModelRequest {
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: { name: string; description: string; parameters: object } }>;
}

/** One answer of the model: calls of its only tool, at once, or a last word. */
export type ModelAnswer = { calls: object[] } | { say: string };

/** A language model that answers with the script's next line. */
export function scripted(next: () => ModelAnswer | undefined) {
	let calls = 0;
	return ({ body }: Received): unknown => {
		const { tools = [] } = body as ModelRequest;
		const answer = next() ?? { say: 'Done.' };
		const toolCalls =
			'say' in answer
				? undefined
				: answer.calls.map((args) => ({
						id: `call_${++calls}`,
						type: 'function',
						function: { name: tools[0]?.function.name, arguments: JSON.stringify(args) },
					}));
		const content = 'say' in answer ? answer.say : null;
		const message = { role: 'assistant', content, tool_calls: toolCalls };
		return {
			id: 'chat_131',
			object: 'chat.completion',
			created: 1,
			model: 'stand-in',
			choices: [{ index: 0, message, finish_reason: toolCalls ? 'tool_calls' : 'stop' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	};
}
