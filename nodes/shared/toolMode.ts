import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether an AI agent, or another caller of tools such as n8n's MCP Server Trigger, runs the node. n8n creates a
 * second node type for that, with a name that ends in "Tool". `isToolExecution` is not sufficient: agents of version
 * 3 run their tools through the workflow engine, where it returns false.
 */
export function runsAsTool(node: IExecuteFunctions): boolean {
	const { type, rewireOutputLogTo } = node.getNode();
	return (
		type.endsWith('Tool') || rewireOutputLogTo === 'ai_tool' || node.isToolExecution?.() === true
	);
}

/**
 * Whether a failed item becomes an output item instead of an exception. For an agent it does, unless the user chose
 * Stop Workflow: of an exception n8n passes on the message without the description, or (1.85) the description without
 * the message.
 */
export const continuesOnFail = (node: IExecuteFunctions): boolean =>
	node.continueOnFail() || (runsAsTool(node) && node.getNode().onError !== 'stopWorkflow');
