import type { Received } from './mockServer.mts';

/** What n8n shows a language model of OpenAI's interface: the conversation so far, and the tools. */
export interface ModelRequest {
	stream?: boolean;
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: { name: string; description: string; parameters: object } }>;
}

/** One answer of the model: calls of its only tool, at once, or a last word. */
export type ModelAnswer = { calls: object[] } | { text: string };

/** A language model that answers with the script's next line. */
export function scripted(next: () => ModelAnswer | undefined) {
	let calls = 0;
	return ({ body }: Received): unknown => {
		const { stream, tools = [] } = body as ModelRequest;
		const response = next() ?? { text: 'Done.' };
		const toolCalls =
			'text' in response
				? undefined
				: response.calls.map((args) => ({
						id: `call_${++calls}`,
						type: 'function',
						function: { name: tools[0]?.function.name, arguments: JSON.stringify(args) },
					}));
		const content = 'text' in response ? response.text : null;
		const message = { role: 'assistant', content, tool_calls: toolCalls };
		const finish = toolCalls ? 'tool_calls' : 'stop';
		const common = { id: 'chat_131', created: 1, model: 'stand-in' };
		if (stream) return streamed(common, message, finish);
		return {
			...common,
			object: 'chat.completion',
			choices: [{ index: 0, message, finish_reason: finish }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	};
}

/** The same answer as a stream of events: all of it, and the end. */
function streamed(common: object, message: { tool_calls?: object[] }, finish: string): string {
	const tool_calls = message.tool_calls?.map((call, index) => ({ index, ...call }));
	const event = (delta: object, finish_reason: string | null) => {
		const choices = [{ index: 0, delta, finish_reason }];
		return `data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices })}\n\n`;
	};
	return `${event({ ...message, tool_calls }, null)}${event({}, finish)}data: [DONE]\n\n`;
}
