import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model was shown: the conversation so far, and the tools. */
export interface ModelRequest {
	messages: Array<{ role: string; content: unknown; tool_call_id?: string }>;
	tools?: Array<{ function: { name: string; description: string; parameters: unknown } }>;
}

/** One answer of the model: calls of tools, at once, or a last word. */
export type ModelAnswer = { calls: Array<Record<string, unknown>> } | { say: string };

export interface ScriptedModel {
	/** Base URL of an OpenAI-compatible API. */
	url: string;
	requests: ModelRequest[];
	/** The answers to come, one per request; every call goes to the first tool that n8n offers. */
	script(answers: ModelAnswer[]): void;
	close(): Promise<void>;
}

/** No model at all: an OpenAI-compatible server that says what it was told to say, and keeps what n8n sent it. */
export async function startModel(): Promise<ScriptedModel> {
	const requests: ModelRequest[] = [];
	let answers: ModelAnswer[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			response.setHeader('content-type', 'application/json');
			if (!request.url?.endsWith('/chat/completions')) {
				response.end(JSON.stringify({ object: 'list', data: [] }));
				return;
			}
			const asked = JSON.parse(Buffer.concat(chunks).toString('utf8')) as ModelRequest;
			requests.push(asked);
			response.end(JSON.stringify(completion(asked, answers.shift() ?? { say: 'Done.' })));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		script(next) {
			requests.length = 0;
			answers = [...next];
		},
		close: async () =>
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

let calls = 0;

function completion({ tools = [] }: ModelRequest, answer: ModelAnswer) {
	const message =
		'say' in answer
			? { role: 'assistant', content: answer.say }
			: {
					role: 'assistant',
					content: null,
					tool_calls: answer.calls.map((args) => ({
						id: `call_${++calls}`,
						type: 'function',
						function: { name: tools[0]?.function.name ?? '', arguments: JSON.stringify(args) },
					})),
				};
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [
			{ index: 0, finish_reason: 'tool_calls' in message ? 'tool_calls' : 'stop', message },
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
