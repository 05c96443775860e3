import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import type { KeyRoutes } from '../../../bank131/flows/context';
import { isObject } from '../../../bank131/lib/json';

const CONTEXT_NAME = 'bank131KeyRoutes';

interface StoredRoutes {
	[projectAndKey: string]: string | undefined;
}

/**
 * The routes of all keys of one execution, in the context that all its nodes share. It holds References and names of
 * methods only, because n8n stores the context with the execution.
 */
export function openKeyRoutes(
	node: IExecuteFunctions,
	{ project }: ICredentialDataDecryptedObject,
): KeyRoutes {
	const routes = storedRoutes(node);
	// Each project has its own keys.
	const prefix = `${String(project).trim()} `;
	const nameOf = (key: string) => prefix + key;
	return {
		claim(key, path) {
			const name = nameOf(key);
			const earlier = routes[name];
			if (earlier !== undefined) return earlier === path ? 'same' : 'other';
			routes[name] = path;
			return 'new';
		},
		release(key) {
			delete routes[nameOf(key)];
		},
	};
}

/** Some callers of tools (MCP) have no context; they may not move money either. */
function storedRoutes(node: IExecuteFunctions): StoredRoutes {
	try {
		const context = node.getContext('flow');
		const stored: unknown = context[CONTEXT_NAME];
		if (isObject(stored)) return stored as StoredRoutes;
		const routes: StoredRoutes = {};
		context[CONTEXT_NAME] = routes as never;
		return routes;
	} catch {
		return {};
	}
}
