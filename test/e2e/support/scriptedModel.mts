import type { ReceivedRequest } from './mockServer.mts';

/** The parts of an OpenAI chat completion request that the tests read. */
export interface ModelRequest {
	stream?: boolean;
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: { name: string; description: string; parameters: object } }>;
}

/** One reply of the model: simultaneous calls of its only tool, or the final text. */
export type ModelReply = { calls: object[] } | { text: string };

/**
 * Request handler of a mock OpenAI API.
 * @param next returns the next reply; undefined for the final text `Done.`
 */
export function scriptedModel(next: () => ModelReply | undefined) {
	let calls = 0;
	return ({ body }: ReceivedRequest): unknown => {
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
		const common = { id: 'chat_131', created: 1, model: 'scripted' };
		if (stream) return eventStream(common, message, finish);
		return {
			...common,
			object: 'chat.completion',
			choices: [{ index: 0, message, finish_reason: finish }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	};
}

/** The reply as server-sent events: one with the whole message, and the end marker. */
function eventStream(common: object, message: { tool_calls?: object[] }, finish: string): string {
	const tool_calls = message.tool_calls?.map((call, index) => ({ index, ...call }));
	const event = (delta: object, finish_reason: string | null) => {
		const choices = [{ index: 0, delta, finish_reason }];
		return `data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices })}\n\n`;
	};
	return `${event({ ...message, tool_calls }, null)}${event({}, finish)}data: [DONE]\n\n`;
}
