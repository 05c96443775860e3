/** n8n's own AI Agent with the packed node as its tool, in a real server. The model is a script, all the rest is n8n. */
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { outputOf } from '../../playground/rest/execution.mts';
import type { Credential } from '../../playground/rest/types.mts';
import { agentWorkflow, agentPayoutParameters } from '../../playground/workflows/agentWorkflow.mts';
import { scripted, type ModelAnswer, type ModelRequest } from './support/scriptedModel.mts';
import { startStandIn, type StandIn } from './support/mockServer.mts';

let playground: Playground;
let model: StandIn;
let script: ModelAnswer[] = [];
let modelCredential: Credential;

beforeAll(async () => {
	playground = await openPlayground({ log: (text) => process.stderr.write(`${text}\n`) });
	model = await startStandIn(scripted(() => script.shift()));
	const data = { apiKey: 'none', url: `${model.url}/v1` };
	modelCredential = await playground.rest.createCredential('openAiApi', 'A script', data);
});

afterAll(async () => {
	model?.close();
	await playground?.close();
});

beforeEach(() => playground.sandbox.reset());

/** Runs the agent over this script; answers what each call of the tool told the model, and the agent's last word. */
async function runAgent(
	agentVersion: number,
	limits: Record<string, unknown>,
	answers: ModelAnswer[],
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
	script = [...answers];
	model.received.length = 0;
	const execution = await rest.runWorkflow(workflow, 'Start');
	const asked = model.received.map(({ body }) => body as ModelRequest);
	const last = asked.at(-1)?.messages ?? [];
	return {
		execution,
		tool: asked[0]?.tools?.[0]?.function,
		told: last.filter(({ role }) => role === 'tool').map(({ content }) => String(content)),
		finalText: outputOf(execution, 'AI Agent')[0]?.output,
	};
}

const paid = () => playground.sandbox.ledger.find({ kind: 'payout' }).map(({ amount }) => amount);

const invoice = (Reference: string, Amount: string) => ({ Reference, Amount });

describe.each([
	['calls its tools itself', 2.2],
	['lets the engine run its tools', 3],
])('an agent that %s (version %d)', (_name, version) => {
	test('is refused while nobody has switched it on, and can say why', async () => {
		const { told, finalText, execution } = await runAgent(version, {}, [
			{ calls: [invoice('A-1', '100')] },
			{ text: 'I may not.' },
		]);
		expect(execution.status).toBe('success');
		expect(told).toHaveLength(1);
		expect(told[0]).toContain('AI agents may not do this: send a payout');
		expect(told[0]).toContain('Let AI Agents Move Money');
		expect(finalText).toBe('I may not.');
		expect(playground.sandbox.requests).toEqual([]);
	});

	test('pays within the limits, each invoice once, and nothing above them', async () => {
		const limits = { agentMoney: true, agentMaximum: 1000, agentTotal: 1500 };
		const { told, execution } = await runAgent(version, limits, [
			{ calls: [invoice('B-1', '900')] },
			{ calls: [invoice('B-1', '900'), invoice('B-1-again', '900')] },
			{ calls: [invoice('B-2', '1000.01')] },
			{ calls: [invoice('B-3', '601'), invoice('B-4', '600')] },
			{ text: 'Done.' },
		]);
		expect(execution.status).toBe('success');
		expect(told.map((response) => /"outcome":"(\w+)"/.exec(response)?.[1])).toEqual([
			...['succeeded', 'succeeded', 'rejected', 'rejected', 'rejected', 'succeeded'],
		]);
		expect(told[3]).toContain('above the maximum of 1000.00 RUB');
		// n8n 1.123 runs calls at once from the last to the first.
		expect(told[4]).toMatch(/Together with the (900|1500)\.00 RUB of earlier calls/);
		expect(paid().sort()).toEqual([60_000, 90_000]);
		expect(playground.sandbox.ledger.paidTwice()).toEqual([]);
	});

	test('can not fill in the switch or the maximum', async () => {
		const byModel = "={{ $fromAI('Reference', `Number of the invoice`, 'string') }}";
		const limits = { agentMoney: true, agentMaximum: byModel };
		const { told } = await runAgent(version, limits, [{ calls: [invoice('100000', '100')] }]);
		expect(told[0]).toMatch(/"Maximum Amount \(Rubles\)\\" is an expression|is not set/);
		expect(playground.sandbox.requests).toEqual([]);
	});

	test('is offered what the person left to it, and told what the tool does', async () => {
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
