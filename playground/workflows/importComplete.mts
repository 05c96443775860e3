import { readdirSync } from 'node:fs';
import { credentialType, type Playground } from '../host/playground.mts';
import type { Credential, Workflow, WorkflowFile, WorkflowNode } from '../rest/types.mts';
import { examplesFolder, importExample, readExample } from './importExample.mts';

/** Vertical distance between examples on one canvas, px. No example is higher. */
const EXAMPLE_HEIGHT = 2000;

/** Sample credential data by type. No request is made with it. */
const credentialValues: Record<string, object> = {
	httpBasicAuth: { user: 'manager', password: 'Payouts131' },
	httpHeaderAuth: { name: 'x-key', value: 'a long random text' },
	openAiApi: { apiKey: 'none' },
};

/** All example workflows, relative to `examples/`, sorted. Those in a folder of it call each other. */
export function exampleFiles(): string[] {
	return readdirSync(examplesFolder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.sort();
}

/** Creates the credentials of other types than the bank's that these nodes use; by their name in the example. */
async function createCredentials(
	{ rest }: Playground,
	nodes: WorkflowNode[],
): Promise<Record<string, Credential>> {
	const created: Record<string, Credential> = {};
	for (const node of nodes) {
		for (const [type, { name }] of Object.entries(node.credentials ?? {})) {
			if (type === credentialType) continue;
			created[name] ??= await rest.createCredential(type, name, credentialValues[type]);
		}
	}
	return created;
}

/** Imports an example with every credential that it uses. */
export async function importComplete(playground: Playground, file: string): Promise<Workflow> {
	const credentials = await createCredentials(playground, readExample(file).nodes);
	return await importExample(playground, file, { settings: {}, credentials });
}

/**
 * Imports several examples into one workflow, one below the other: opening a workflow takes seconds, whatever its
 * size.
 */
export async function importCombined(playground: Playground, files: string[]): Promise<Workflow> {
	const nodes: WorkflowNode[] = [];
	const connections: WorkflowFile['connections'] = {};
	for (const [index, file] of files.entries()) {
		const example = await importComplete(playground, file);
		const uniqueName = (name: string) => `${name} (${file})`;
		for (const node of example.nodes) {
			const [x, y] = node.position as [number, number];
			const position = [x, y + index * EXAMPLE_HEIGHT];
			nodes.push({
				...node,
				id: `${index}-${String(node.id)}`,
				name: uniqueName(node.name),
				position,
			});
		}
		const text = JSON.stringify(example.connections, (key, value: unknown) =>
			key === 'node' ? uniqueName(String(value)) : value,
		);
		for (const [from, to] of Object.entries(JSON.parse(text) as object)) {
			connections[uniqueName(from)] = to as unknown;
		}
	}
	return await playground.rest.createWorkflow({ name: 'All examples', nodes, connections });
}
