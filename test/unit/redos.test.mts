// No input (sheets, pasted keys, responses, webhooks) may block n8n's event loop by a slow regular expression.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { checkSync } from 'recheck';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '../..');

/** Every regular expression of the published code, with its files. */
function regularExpressions(): Map<string, string[]> {
	const files = new Map<string, string[]>();
	for (const folder of ['bank131', 'credentials', 'nodes']) {
		for (const file of ts.sys.readDirectory(path.join(root, folder), ['.ts'])) {
			const text = readFileSync(file, 'utf8');
			const visit = (node: ts.Node): void => {
				if (ts.isRegularExpressionLiteral(node)) {
					files.set(node.text, [...(files.get(node.text) ?? []), path.relative(root, file)]);
				}
				ts.forEachChild(node, visit);
			};
			visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
		}
	}
	return files;
}

const complexityOf = (literal: string) => {
	const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(literal)!;
	const diagnostics = checkSync(source, flags);
	if (diagnostics.status === 'unknown') return `unknown: ${diagnostics.error.kind}`;
	return diagnostics.status === 'safe' ? 'safe' : diagnostics.complexity.summary;
};

test('exponential and quadratic expressions: detected', () => {
	expect(complexityOf('/^(a+)+$/')).toBe('exponential');
	expect(complexityOf('/\\s+$/')).toBe('2nd degree polynomial');
});

test.each([...regularExpressions()])('%s: safe', (literal) => {
	expect(complexityOf(literal)).toBe('safe');
});
