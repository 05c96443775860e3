import type { Received } from './stand-in.mts';

interface ChatRequest {
	stream?: boolean;
	tools?: Array<{ function: { name: string } }>;
}

/** A language model of OpenAI's interface that always proposes these invoices, as the agent's output parser wants them. */
export function proposing(invoices: () => string[]) {
	return ({ body }: Received): unknown => {
		const { stream, tools = [] } = body as ChatRequest;
		const output = {
			invoices: invoices().map((invoice) => ({ invoice, why: 'it was asked for' })),
		};
		const call = {
			index: 0,
			id: 'call_131',
			type: 'function',
			function: { name: tools[0]?.function.name, arguments: JSON.stringify({ output }) },
		};
		const message = { role: 'assistant', content: null, tool_calls: [call] };
		const common = { id: 'chat_131', created: 1, model: 'stand-in' };
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		if (!stream) {
			const choices = [{ index: 0, message, finish_reason: 'tool_calls' }];
			return { ...common, object: 'chat.completion', choices, usage };
		}
		const event = (delta: object, finish_reason: string | null) => {
			const choices = [{ index: 0, delta, finish_reason }];
			return `data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices })}\n\n`;
		};
		return `${event(message, null)}${event({}, 'tool_calls')}data: [DONE]\n\n`;
	};
}
