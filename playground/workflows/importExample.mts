import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { credentialType, type Playground } from '../host/playground.mts';
import type { Credential, Workflow, WorkflowFile, WorkflowNode } from '../rest/types.mts';

export const examplesFolder = join(import.meta.dirname, '..', '..', 'examples');

/** What the notes of an example ask its user to do after importing it. */
export interface Adaptation {
	/** Values of "Settings"; the folder of the sheets unless said otherwise. */
	settings?: Record<string, string | number>;
	/** Credentials of other types than the bank's, by the name that the example calls them. */
	credentials?: Record<string, Credential>;
	/** The user's own table instead of the one in a Code node, by the name of the node. */
	code?: Record<string, (code: string) => string>;
}

/** Imports an example as a user would. Nothing is changed but what its notes ask for. */
export async function importExample(
	{ rest, credential, files }: Playground,
	file: string,
	{ settings = { folder: files }, credentials = {}, code = {} }: Adaptation = {},
): Promise<Workflow> {
	const example = await readExample(file);
	for (const node of example.nodes) {
		for (const [type, placeholder] of Object.entries(node.credentials ?? {})) {
			const chosen = type === credentialType ? credential : credentials[placeholder.name];
			if (chosen) node.credentials![type] = { id: chosen.id, name: chosen.name };
		}
		if (node.name === 'Settings') {
			for (const [name, value] of Object.entries(settings)) setField(node, name, value);
		}
		if (code[node.name]) node.parameters.jsCode = code[node.name](String(node.parameters.jsCode));
	}
	return await rest.createWorkflow(example);
}

export async function readExample(file: string): Promise<WorkflowFile> {
	return JSON.parse(await readFile(join(examplesFolder, file), 'utf8')) as WorkflowFile;
}

/** Changes one value of an "Edit Fields" node. */
function setField({ parameters }: WorkflowNode, name: string, value: string | number): void {
	const { assignments } = parameters.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	const field = assignments.find((one) => one.name === name);
	if (field === undefined) throw new Error(`"Settings" has no field "${name}"`);
	field.value = value;
}
