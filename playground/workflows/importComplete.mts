import { readdirSync } from 'node:fs';
import { credentialType, type Playground } from '../host/playground.mts';
import type { Credential, Workflow, WorkflowFile, WorkflowNode } from '../rest/types.mts';
import { examplesFolder, importExample, readExample } from './importExample.mts';

/** No example is as high as this. */
const HIGHEST = 2000;

/** What a user would fill in; nobody is called with it. */
const filledIn: Record<string, object> = {
	httpBasicAuth: { user: 'manager', password: 'Payouts131' },
	httpHeaderAuth: { name: 'x-key', value: 'a long random text' },
	openAiApi: { apiKey: 'none' },
};

export function exampleFiles(): string[] {
	return readdirSync(examplesFolder)
		.filter((file) => file.endsWith('.json'))
		.sort();
}

/** The credentials of other types than the bank's that an example asks for, by the name that it calls them. */
async function chooseAll(
	{ rest }: Playground,
	nodes: WorkflowNode[],
): Promise<Record<string, Credential>> {
	const chosen: Record<string, Credential> = {};
	for (const node of nodes) {
		for (const [type, { name }] of Object.entries(node.credentials ?? {})) {
			if (type === credentialType) continue;
			chosen[name] ??= await rest.createCredential(type, name, filledIn[type]);
		}
	}
	return chosen;
}

/** An example as it stands in the editor of a user who has chosen every credential that it asks for. */
export async function importComplete(playground: Playground, file: string): Promise<Workflow> {
	const credentials = await chooseAll(playground, (await readExample(file)).nodes);
	return await importExample(playground, file, { settings: {}, credentials });
}

/** One below the other, each as `importComplete` makes it: opening one workflow takes seconds, whatever is in it. */
export async function importTogether(playground: Playground, files: string[]): Promise<Workflow> {
	const nodes: WorkflowNode[] = [];
	const connections: WorkflowFile['connections'] = {};
	for (const [index, file] of files.entries()) {
		const one = await importComplete(playground, file);
		const named = (name: string) => `${name} (${file})`;
		for (const node of one.nodes) {
			const [x, y] = node.position as [number, number];
			const position = [x, y + index * HIGHEST];
			nodes.push({ ...node, id: `${index}-${String(node.id)}`, name: named(node.name), position });
		}
		const text = JSON.stringify(one.connections, (key, value: unknown) =>
			key === 'node' ? named(String(value)) : value,
		);
		for (const [from, to] of Object.entries(JSON.parse(text) as object)) {
			connections[named(from)] = to as unknown;
		}
	}
	return await playground.rest.createWorkflow({ name: 'All examples', nodes, connections });
}
