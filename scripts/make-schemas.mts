/** Writes the output schemas of all operations from output-shapes.mts: `npx tsx scripts/make-schemas.mts`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { outputShapes } from './output-shapes.mts';
import { schemaText } from './schema-text.mts';

const target = path.join(import.meta.dirname, '../nodes/Bank131/__schema__/v1.0.0');

rmSync(target, { recursive: true, force: true });
for (const [operation, shape] of Object.entries(outputShapes)) {
	const file = path.join(target, `${operation.replace('.', '/')}.json`);
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, schemaText(shape));
}
