import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether an AI agent (or another caller of tools, such as n8n's MCP Server Trigger) runs the node. n8n makes a
 * second node type for that, whose name ends in "Tool". `isToolExecution` alone is not enough: agents of version 3
 * let the workflow's engine run their tools, where it returns false.
 */
export function runsAsTool(node: IExecuteFunctions): boolean {
	const { type, rewireOutputLogTo } = node.getNode();
	return (
		type.endsWith('Tool') || rewireOutputLogTo === 'ai_tool' || node.isToolExecution?.() === true
	);
}

/**
 * Whether a failed item is output as an item. For an agent it is, unless the user chose Stop Workflow: of a thrown
 * error n8n passes on the message without the advice, or (1.85) the advice without the message.
 */
export const continuesOnFail = (node: IExecuteFunctions): boolean =>
	node.continueOnFail() || (runsAsTool(node) && node.getNode().onError !== 'stopWorkflow');
