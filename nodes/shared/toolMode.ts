import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether an AI agent (or another caller of tools, such as n8n's MCP Server Trigger) runs the node. n8n makes a second node
 * type for that, whose name ends in "Tool". `isToolExecution` alone would not do: agents of version 3 let the workflow's
 * engine run their tools, where it answers no.
 */
export function runsAsTool(node: IExecuteFunctions): boolean {
	const { type, rewireOutputLogTo } = node.getNode();
	return (
		type.endsWith('Tool') || rewireOutputLogTo === 'ai_tool' || node.isToolExecution?.() === true
	);
}

/**
 * Whether a failed item leaves as an item. An agent is told its failures in full unless the user chose Stop Workflow: of a
 * thrown error n8n hands on the message without the advice, or (1.85) the advice without the message.
 */
export const continuesOnFail = (node: IExecuteFunctions): boolean =>
	node.continueOnFail() || (runsAsTool(node) && node.getNode().onError !== 'stopWorkflow');
