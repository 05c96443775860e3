import { readdirSync } from 'node:fs';
import { credentialType, type Playground } from './playground.mts';
import type { Credential, Workflow } from './rest/types.mts';
import { examplesFolder, importExample, readExample } from './workflows.mts';

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

/** An example as it stands in the editor of a user who has chosen every credential that it asks for. */
export async function importComplete(playground: Playground, file: string): Promise<Workflow> {
	const credentials: Record<string, Credential> = {};
	for (const node of (await readExample(file)).nodes) {
		for (const [type, { name }] of Object.entries(node.credentials ?? {})) {
			if (type === credentialType) continue;
			credentials[name] ??= await playground.rest.createCredential(type, name, filledIn[type]);
		}
	}
	return await importExample(playground, file, { settings: {}, credentials });
}
