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
 * Stop Workflow. n8n gives the agent only the message of an exception, or (1.85) only its description; the output item
 * has both.
 */
export const continuesOnFail = (node: IExecuteFunctions): boolean =>
	node.continueOnFail() || (runsAsTool(node) && node.getNode().onError !== 'stopWorkflow');
