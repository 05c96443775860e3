import type { WorkflowNode } from '../rest/types.mts';

/**
 * Node types of the examples that a tested n8n lacks, by its minor version. `test/e2e/examples.test.mts` compares this
 * with the running n8n. An example that uses one says so in its note and its paragraph, and is not tested there.
 */
const LACKING: Record<string, Array<{ name: string; type: string; typeVersion: number }>> = {
	// 1.123 has version 1: rows of a table that exists. Creating a table and finding it by its name are of 1.1.
	'1.123': [{ name: 'Data Table 1.1', type: 'n8n-nodes-base.dataTable', typeVersion: 1.1 }],
};

/** Names of what these nodes need and n8n `minorVersion` lacks, e.g. `Data Table 1.1`; each once. */
export function lackingNodes(minorVersion: string, nodes: WorkflowNode[]): string[] {
	const lacking = LACKING[minorVersion] ?? [];
	return lacking
		.filter(({ type, typeVersion }) =>
			nodes.some((node) => node.type === type && node.typeVersion === typeVersion),
		)
		.map(({ name }) => name);
}
