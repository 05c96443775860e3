import type { INodeProperties } from 'n8n-workflow';

import { isObject } from '../../../bank131/lib/json';

/** The label of a parameter or of a field inside a collection; the name itself if no field has it. */
export function labelOf(fields: INodeProperties[], name: string): string {
	return findLabel(fields, name) ?? name;
}

function findLabel(fields: readonly unknown[], name: string): string | undefined {
	for (const entry of fields) {
		if (!isObject(entry)) continue;
		if (entry.name === name && typeof entry.displayName === 'string') return entry.displayName;
		for (const children of [entry.options, entry.values]) {
			const label = Array.isArray(children) ? findLabel(children, name) : undefined;
			if (label !== undefined) return label;
		}
	}
	return undefined;
}
