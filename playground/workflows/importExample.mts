import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentialType, type Playground } from '../host/playground.mts';
import type { Credential, Workflow, WorkflowFile, WorkflowNode } from '../rest/types.mts';

/** Path of `examples/`. */
export const examplesFolder = join(import.meta.dirname, '..', '..', 'examples');

/** The folder of the sheets that the examples name. */
const SHEETS = '/home/node/.n8n-files';

/** The changes that the notes of an example ask for after the import. The paths of sheets are always changed. */
export interface ImportOptions {
	/** Values of the node "Settings" by field; by default only `folder`, the folder of the sheets. */
	settings?: Record<string, string | number | boolean>;
	/** Credentials of other types than the bank's, by their name in the example. */
	credentials?: Record<string, Credential>;
	/** Functions that change the JavaScript of a Code node, by node name: a user replaces the sample table there. */
	jsCode?: Record<string, (jsCode: string) => string>;
	/** Other parameters, by node name. */
	parameters?: Record<string, Record<string, unknown>>;
}

/**
 * Imports a file of `examples/` as a user would, with only the changes that its notes ask for.
 * @throws if "Settings" has no field of a given name
 */
export async function importExample(
	{ rest, credential, filesFolder }: Playground,
	file: string,
	{
		settings = { folder: filesFolder },
		credentials = {},
		jsCode = {},
		parameters = {},
	}: ImportOptions = {},
): Promise<Workflow> {
	const example = readExample(file);
	for (const node of example.nodes) {
		for (const [type, placeholder] of Object.entries(node.credentials ?? {})) {
			const chosen = type === credentialType ? credential : credentials[placeholder.name];
			if (chosen) node.credentials![type] = { id: chosen.id, name: chosen.name };
		}
		if (node.name === 'Settings') {
			for (const [name, value] of Object.entries(settings)) setSetting(node, name, value);
		}
		const { fileSelector } = node.parameters;
		if (typeof fileSelector === 'string') {
			node.parameters.fileSelector = fileSelector.replace(SHEETS, filesFolder);
		}
		if (jsCode[node.name])
			node.parameters.jsCode = jsCode[node.name](String(node.parameters.jsCode));
	}
	for (const node of example.nodes) Object.assign(node.parameters, parameters[node.name]);
	return await rest.createWorkflow(example);
}

/** Reads a workflow file; `file` is relative to `examples/`. */
export function readExample(file: string): WorkflowFile {
	return JSON.parse(readFileSync(join(examplesFolder, file), 'utf8')) as WorkflowFile;
}

/** Sets one field of an "Edit Fields" node. */
function setSetting({ parameters }: WorkflowNode, name: string, value: string | number | boolean): void {
	const { assignments } = parameters.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	const field = assignments.find((assignment) => assignment.name === name);
	if (field === undefined) throw new Error(`"Settings" has no field "${name}"`);
	field.value = value;
}
