/**
 * The names of the tests in a file, read from its source: those of its groups and its own, joined with ` › `. A value
 * that is filled in when the test runs is written as `…`.
 */
import ts from 'typescript';

import { read } from './pages.mts';

export interface TestNames {
	names: string[];
	/** Every text literal of the file. The values that are filled in are among them. */
	literals: ReadonlySet<string>;
}

const SEPARATOR = ' › ';
const FILLED = '…';

/** `%s` of test.each, `$name` of its objects. */
const PLACEHOLDER = /%[sdifjop#]|\$\w+(?:\.\w+)*/g;

export function testNamesOf(file: string): TestNames {
	const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
	const names: string[] = [];
	const literals = new Set<string>();
	const visit = (node: ts.Node, groups: string[]): void => {
		if (ts.isStringLiteralLike(node)) literals.add(node.text);
		const called = ts.isCallExpression(node) ? calledFunction(node.expression) : '';
		const isGroup = called.startsWith('describe');
		if (ts.isCallExpression(node) && (isGroup || called === 'test' || called === 'it')) {
			const [title, body] = node.arguments;
			// `describe.each(cases)` alone has no title yet.
			if (title && body) {
				const path = [...groups, titleOf(title)];
				if (!isGroup) names.push(path.join(SEPARATOR));
				node.arguments.forEach((argument) => visit(argument, isGroup ? path : groups));
				visit(node.expression, groups);
				return;
			}
		}
		ts.forEachChild(node, (child) => visit(child, groups));
	};
	visit(source, []);
	return { names, literals };
}

/** `test` of `test.each(cases)`; empty for `test.todo` and `test.skip`, which run nothing. */
function calledFunction(expression: ts.Expression): string {
	if (ts.isIdentifier(expression)) return expression.text;
	if (ts.isCallExpression(expression)) return calledFunction(expression.expression);
	if (!ts.isPropertyAccessExpression(expression)) return '';
	return /^(?:todo|skip|failing)$/.test(expression.name.text)
		? ''
		: calledFunction(expression.expression);
}

const titleOf = (title: ts.Expression): string =>
	templateOf(title).replace(PLACEHOLDER, FILLED).replace(/…+/g, FILLED);

function templateOf(title: ts.Expression): string {
	if (ts.isStringLiteralLike(title)) return title.text;
	if (!ts.isTemplateExpression(title)) return FILLED;
	const { head, templateSpans } = title;
	return [head.text, ...templateSpans.map(({ literal }) => literal.text)].join(FILLED);
}

const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Whether the file has a test of this name: the whole name or its last parts. Instead of `…` a text of the file may
 * stand, as it is in the name of the test that runs.
 */
export function hasTest({ names, literals }: TestNames, wanted: string): boolean {
	const isOf = (name: string): boolean => {
		const pattern = name.split(FILLED).map(escapeForPattern).join('(.+)');
		const filled = new RegExp(`^${pattern}$`, 's').exec(wanted)?.slice(1);
		return filled?.every((value) => value === FILLED || literals.has(value)) ?? false;
	};
	return names.some((name) => {
		const parts = name.split(SEPARATOR);
		return parts.some((_, index) => isOf(parts.slice(index).join(SEPARATOR)));
	});
}
