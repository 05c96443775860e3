// No text from a sheet, a paste, the bank or a forger may hold up n8n's only thread by a regular expression.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { checkSync } from 'recheck';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '../..');

/** Every regular expression of the published code, with the files that hold it. */
function expressions(): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const folder of ['bank131', 'credentials', 'nodes']) {
		for (const file of ts.sys.readDirectory(path.join(root, folder), ['.ts'])) {
			const text = readFileSync(file, 'utf8');
			const visit = (node: ts.Node): void => {
				if (ts.isRegularExpressionLiteral(node)) {
					found.set(node.text, [...(found.get(node.text) ?? []), path.relative(root, file)]);
				}
				ts.forEachChild(node, visit);
			};
			visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
		}
	}
	return found;
}

const findings = (literal: string) => {
	const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(literal)!;
	const diagnostics = checkSync(source, flags);
	if (diagnostics.status === 'unknown') return `unknown: ${diagnostics.error.kind}`;
	return diagnostics.status === 'safe' ? 'safe' : diagnostics.complexity.summary;
};

test('the check finds what it is for', () => {
	expect(findings('/^(a+)+$/')).toBe('exponential');
	expect(findings('/\\s+$/')).toBe('2nd degree polynomial');
});

test.each([...expressions()])('%s', (literal) => {
	expect(findings(literal)).toBe('safe');
});
