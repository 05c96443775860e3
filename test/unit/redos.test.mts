// n8n runs in one thread. No text, from a sheet, a paste, the bank or an attacker, may block it in a regular
// expression.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { checkSync } from 'recheck';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '../..');

/** Every regular expression of the published code, with the files that hold it. */
function expressions(): Map<string, string[]> {
	const expressionFiles = new Map<string, string[]>();
	for (const folder of ['bank131', 'credentials', 'nodes']) {
		for (const file of ts.sys.readDirectory(path.join(root, folder), ['.ts'])) {
			const text = readFileSync(file, 'utf8');
			const visit = (node: ts.Node): void => {
				if (ts.isRegularExpressionLiteral(node)) {
					const files = expressionFiles.get(node.text) ?? [];
					expressionFiles.set(node.text, [...files, path.relative(root, file)]);
				}
				ts.forEachChild(node, visit);
			};
			visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
		}
	}
	return expressionFiles;
}

/** Its limits of time would report a slow machine; those of steps remain. */
const stepsOnly = {
	timeout: null,
	attackTimeout: null,
	incubationTimeout: null,
	seedingTimeout: null,
};

/** `safe`, or the complexity that recheck found. */
const complexityOf = (literal: string) => {
	const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(literal)!;
	const diagnostics = checkSync(source, flags, stepsOnly);
	if (diagnostics.status === 'unknown') return `unknown: ${diagnostics.error.kind}`;
	return diagnostics.status === 'safe' ? 'safe' : diagnostics.complexity.summary;
};

test('the check reports exponential and polynomial expressions', () => {
	expect(complexityOf('/^(a+)+$/')).toBe('exponential');
	expect(complexityOf('/\\s+$/')).toBe('2nd degree polynomial');
});

test.each([...expressions()])('%s takes linear time', (literal) => {
	expect(complexityOf(literal)).toBe('safe');
});
