/**
 * n8n's AI Agent with the packed node as its tool, in a real server. Only the model is replaced by scripted replies.
 */
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { outputOf } from '../../playground/rest/execution.mts';
import type { Credential } from '../../playground/rest/types.mts';
import { agentWorkflow, agentPayoutParameters } from '../../playground/workflows/agentWorkflow.mts';
import { scriptedModel, type ModelReply, type ModelRequest } from './support/scriptedModel.mts';
import { startMockServer, type MockServer } from './support/mockServer.mts';

let playground: Playground;
let model: MockServer;
let replies: ModelReply[] = [];
let modelCredential: Credential;

beforeAll(async () => {
	playground = await openPlayground({ log: (text) => process.stderr.write(`${text}\n`) });
	model = await startMockServer(scriptedModel(() => replies.shift()));
	const data = { apiKey: 'none', url: `${model.url}/v1` };
	modelCredential = await playground.rest.createCredential('openAiApi', 'A script', data);
});

afterAll(async () => {
	model?.close();
	await playground?.close();
});

beforeEach(() => playground.sandbox.reset());

/**
 * Runs the agent with scripted model replies. Returns the tool responses that the model received and the final text.
 */
async function runAgent(
	agentVersion: number,
	limits: Record<string, unknown>,
	scriptedReplies: ModelReply[],
) {
	const { rest, credential } = playground;
	const workflow = await rest.createWorkflow(
		agentWorkflow({
			bank: credential,
			model: modelCredential,
			agentVersion,
			parameters: agentPayoutParameters(limits),
		}),
	);
	replies = [...scriptedReplies];
	model.received.length = 0;
	const execution = await rest.runWorkflow(workflow, 'Start');
	const modelRequests = model.received.map(({ body }) => body as ModelRequest);
	const last = modelRequests.at(-1)?.messages ?? [];
	return {
		execution,
		tool: modelRequests[0]?.tools?.[0]?.function,
		toolReplies: last.filter(({ role }) => role === 'tool').map(({ content }) => String(content)),
		finalText: outputOf(execution, 'AI Agent')[0]?.output,
	};
}

const paid = () => playground.sandbox.ledger.find({ kind: 'payout' }).map(({ amount }) => amount);

const invoice = (Reference: string, Amount: string) => ({ Reference, Amount });

describe.each([
	['calls its tools itself', 2.2],
	['lets the engine run its tools', 3],
])('AI Agent that %s (version %d)', (_name, version) => {
	test('Let AI Agents Move Money off: the call is refused with the reason, and no request is sent', async () => {
		const { toolReplies, finalText, execution } = await runAgent(version, {}, [
			{ calls: [invoice('A-1', '100')] },
			{ text: 'I may not.' },
		]);
		expect(execution.status).toBe('success');
		expect(toolReplies).toHaveLength(1);
		expect(toolReplies[0]).toContain('AI agents may not do this: send a payout');
		expect(toolReplies[0]).toContain('Let AI Agents Move Money');
		expect(finalText).toBe('I may not.');
		expect(playground.sandbox.requests).toEqual([]);
	});

	test('limits set: calls within them pay each invoice once, calls above them are rejected', async () => {
		const limits = { agentMoney: true, agentMaximum: 1000, agentTotal: 1500 };
		const { toolReplies, execution } = await runAgent(version, limits, [
			{ calls: [invoice('B-1', '900')] },
			{ calls: [invoice('B-1', '900'), invoice('B-1-again', '900')] },
			{ calls: [invoice('B-2', '1000.01')] },
			{ calls: [invoice('B-3', '601'), invoice('B-4', '600')] },
			{ text: 'Done.' },
		]);
		expect(execution.status).toBe('success');
		expect(toolReplies.map((response) => /"outcome":"(\w+)"/.exec(response)?.[1])).toEqual([
			...['succeeded', 'succeeded', 'rejected', 'rejected', 'rejected', 'succeeded'],
		]);
		expect(toolReplies[3]).toContain('above the maximum of 1000.00 RUB');
		// n8n 1.123 runs simultaneous calls from the last to the first.
		expect(toolReplies[4]).toMatch(/Together with the (900|1500)\.00 RUB of earlier calls/);
		expect(paid().sort()).toEqual([60_000, 90_000]);
		expect(playground.sandbox.ledger.paidTwice()).toEqual([]);
	});

	test('Maximum Amount filled in by the model: the call is refused, and no request is sent', async () => {
		const byModel = "={{ $fromAI('Reference', `Number of the invoice`, 'string') }}";
		const limits = { agentMoney: true, agentMaximum: byModel };
		const { toolReplies } = await runAgent(version, limits, [
			{ calls: [invoice('100000', '100')] },
		]);
		expect(toolReplies[0]).toMatch(/"Maximum Amount \(Rubles\)\\" is an expression|is not set/);
		expect(playground.sandbox.requests).toEqual([]);
	});

	test('the model receives the tool description and only the parameters left to it', async () => {
		const { tool } = await runAgent(version, {}, [{ text: 'Nothing to do.' }]);
		const { name, description, parameters } = tool!;
		expect(name).toBe('Bank_131_Tool');
		expect(description).toContain('Send a payout in Bank 131');
		expect(Object.keys((parameters as { properties: object }).properties)).toEqual([
			'Reference',
			'Amount',
		]);
	});
});
