import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { credentialType, type Playground } from './playground.mts';
import type { Workflow, WorkflowFile } from './rest/types.mts';

export const examplesFolder = join(import.meta.dirname, '..', 'examples');

/**
 * Imports an example as a user would: choose the credential in the nodes that ask for one,
 * and fill in "Settings" (the folder of the sheets, unless said otherwise). Nothing else is changed.
 */
export async function importExample(
	{ rest, credential, files }: Playground,
	file: string,
	settings: Record<string, string> = { folder: files },
): Promise<Workflow> {
	const text = await readFile(join(examplesFolder, file), 'utf8');
	const example = JSON.parse(text) as WorkflowFile;
	for (const node of example.nodes) {
		if (node.credentials?.[credentialType]) {
			node.credentials[credentialType] = { id: credential.id, name: credential.name };
		}
		if (node.name !== 'Settings') continue;
		for (const [name, value] of Object.entries(settings)) setField(node.parameters, name, value);
	}
	return await rest.createWorkflow(example);
}

/** Changes one value of an "Edit Fields" node. */
function setField(parameters: Record<string, unknown>, name: string, value: string): void {
	const { assignments } = parameters.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	const field = assignments.find((one) => one.name === name);
	if (field === undefined) throw new Error(`"Settings" has no field "${name}"`);
	field.value = value;
}
