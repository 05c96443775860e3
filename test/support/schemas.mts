/** The committed output schemas, applied strictly: a field that is not in them is an error. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import Ajv, { type ValidateFunction } from 'ajv';

import { projectDir } from './engine.mts';

const ajv = new Ajv({ allErrors: true });
const validators = new Map<string, ValidateFunction>();

export const schemaFile = (operation: string): string =>
	path.join(projectDir, 'nodes/Bank131/__schema__/v1.0.0', `${operation.replace('.', '/')}.json`);

/** An output item of `resource.operation` matches the schema that n8n shows before the node has run, in its order. */
export function expectFits(operation: string, item: object): void {
	const validate = validators.get(operation) ?? ajv.compile(strictSchema(operation));
	validators.set(operation, validate);
	validate(item);
	expect({ operation, misfits: validate.errors ?? [] }).toEqual({ operation, misfits: [] });
	// A row of a list has its fields in the order in which they were found.
	if (!('outcome' in item)) return;
	const names = Object.keys(item);
	const { properties } = validate.schema as { properties: object };
	const inOrder = Object.keys(properties).filter((name) => names.includes(name));
	expect({ operation, names }).toEqual({ operation, names: inOrder });
}

function strictSchema(operation: string): object {
	const file = schemaFile(operation);
	if (!existsSync(file)) throw new Error(`${operation} has no output schema`);
	const schema = JSON.parse(readFileSync(file, 'utf8')) as object;
	return { ...schema, additionalProperties: false };
}
