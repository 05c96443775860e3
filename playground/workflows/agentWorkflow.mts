import type { Credential, WorkflowFile, WorkflowNode } from '../rest/types.mts';

/** Options of `agentWorkflow`. */
export interface AgentWorkflow {
	/** Credential of the bank. */
	bank: Credential;
	/** Credential of the model, of n8n's type `openAiApi`. */
	model: Credential;
	/** Type version of the AI Agent node. 2.2 calls its tools itself; in version 3 the workflow engine runs them. */
	agentVersion: number;
	/** Parameters of Bank 131 Tool. */
	parameters: Record<string, unknown>;
}

/** A workflow with a manual trigger and an AI Agent that has a model and Bank 131 Tool. */
export function agentWorkflow(options: AgentWorkflow): WorkflowFile {
	const { bank, model, agentVersion, parameters } = options;
	const node = (
		name: string,
		type: string,
		typeVersion: number,
		position: [number, number],
		more: Partial<WorkflowNode>,
	): WorkflowNode => ({ id: name, name, type, typeVersion, position, parameters: {}, ...more });
	return {
		name: `AI Agent ${agentVersion}`,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, [0, 0], {}),
			node('AI Agent', '@n8n/n8n-nodes-langchain.agent', agentVersion, [220, 0], {
				parameters: { promptType: 'define', text: 'Pay the invoice.', options: {} },
			}),
			node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, [140, 220], {
				parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
				credentials: { openAiApi: { id: model.id, name: model.name } },
			}),
			node('Bank 131 Tool', 'n8n-nodes-bank131.bank131Tool', 1, [340, 220], {
				parameters: { descriptionType: 'auto', ...parameters },
				credentials: { bank131Api: { id: bank.id, name: bank.name } },
			}),
		],
		connections: {
			Start: { main: [[{ node: 'AI Agent', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'AI Agent', type: 'ai_languageModel', index: 0 }]] },
			'Bank 131 Tool': { ai_tool: [[{ node: 'AI Agent', type: 'ai_tool', index: 0 }]] },
		},
	};
}

const fromAi = (key: string, description: string) =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description}\`, 'string') }}`;

/** Parameters of Payout: Send to a bank account; the model fills in amount and reference. */
export const agentPayoutParameters = (
	limits: Record<string, unknown>,
): Record<string, unknown> => ({
	resource: 'payout',
	operation: 'send',
	reference: fromAi('Reference', 'Number of the invoice'),
	amount: fromAi('Amount', 'Amount in rubles'),
	payoutMethod: 'bankAccount',
	account: '40817810800000004401',
	bik: '044525974',
	recipientName: 'Иванов Иван Иванович',
	purpose: 'Оплата услуг по договору № 131, НДС не облагается',
	...limits,
});
