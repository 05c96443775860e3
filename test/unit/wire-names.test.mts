/**
 * nodes/ knows no names of the bank's JSON and no endpoints: bank131/ builds every request and reads every response.
 */
import ts from 'typescript';

import { filesBelow, read } from '../support/pages.mts';

/** A name such as `payment_details`; n8n's own names have no underscore between letters. */
const SNAKE_CASE = /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/;

/** Property names of object literals, types and accesses, with the line of each. */
function snakeCaseProperties(file: string, text: string): string[] {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const names: string[] = [];
	const add = (name: ts.Node): void => {
		if (!ts.isIdentifier(name) && !ts.isStringLiteral(name)) return;
		const { line } = source.getLineAndCharacterOfPosition(name.getStart());
		if (SNAKE_CASE.test(name.text)) names.push(`${file}:${line + 1} ${name.text}`);
	};
	const visit = (node: ts.Node): void => {
		if (ts.isPropertyAssignment(node) || ts.isPropertySignature(node)) add(node.name);
		if (ts.isShorthandPropertyAssignment(node)) add(node.name);
		if (ts.isPropertyAccessExpression(node)) add(node.name);
		if (ts.isElementAccessExpression(node)) add(node.argumentExpression);
		if (ts.isBindingElement(node)) add(node.propertyName ?? node.name);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return names;
}

/** The texts of the bank's error codes have the codes as keys. */
const ERROR_CODE_TEXTS = 'nodes/shared/messages/errorCodeTexts.ts';

const files = filesBelow('nodes', '.ts').filter((file) => file !== ERROR_CODE_TEXTS);

test('a property with a name of the bank is found', () => {
	const text = "const body = { session_id: id }; body.payout_details; body['amount_details'];";
	expect(snakeCaseProperties('example.ts', text)).toEqual([
		'example.ts:1 session_id',
		'example.ts:1 payout_details',
		'example.ts:1 amount_details',
	]);
});

test('no object in nodes/ has a property with a name of the bank', () => {
	expect(files.flatMap((file) => snakeCaseProperties(file, read(file)))).toEqual([]);
});

test('no file of nodes/ uses the list of endpoints', () => {
	const users = files.filter((file) => /import \{[^}]*\bendpoints\b[^}]*\} from/.test(read(file)));
	expect(users).toEqual([]);
});
