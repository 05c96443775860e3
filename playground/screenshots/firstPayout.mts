import type { Credential, WorkflowFile, WorkflowNode } from '../rest/types.mts';

/** A workflow with one payout whose parameters are all fixed values, as in the README's "first payout". */
export function firstPayout(
	credential: Credential,
	changed: Record<string, unknown> = {},
): WorkflowFile {
	const start: WorkflowNode = {
		id: '1',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const pay: WorkflowNode = {
		id: '2',
		name: 'Bank 131',
		type: 'n8n-nodes-bank131.bank131',
		typeVersion: 1,
		position: [220, 0],
		parameters: {
			resource: 'payout',
			operation: 'send',
			reference: 'invoice-2026-0131',
			amount: '1500.50',
			payoutMethod: 'bankAccount',
			account: '40817810800000004401',
			bik: '044525974',
			recipientName: 'Иванов Иван Иванович',
			purpose: 'Оплата услуг по договору № 131 от 03.11.2026, НДС не облагается',
			options: { verifyCheckDigits: 'always' },
			...changed,
		},
		credentials: { bank131Api: { id: credential.id, name: credential.name } },
	};
	return {
		name: 'First payout',
		nodes: [start, pay],
		connections: { Start: { main: [[{ node: 'Bank 131', type: 'main', index: 0 }]] } },
	};
}
