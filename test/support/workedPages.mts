/**
 * The worked examples of docs/contributing as changes to files, applied to the project in memory.
 *
 * The heading of a step, or a line above a block, names the file that the block changes. A `diff` block changes an
 * existing file: lines with `+` and `-`, other lines as context, `@@` between two places. `bash` is for commands. Any
 * other block is a new file.
 */
import path from 'node:path';

import ts from 'typescript';

import { exists, filesBelow, matches, read, root, rowsOf } from './pages.mts';

export interface Change {
	step: number;
	file: string;
	kind: 'new file' | 'edit';
	text: string;
}

/** What happens if a step is forgotten: a row of the page's last table. */
export interface ForgottenStep {
	/** Usually one step; several if they are forgotten together. */
	steps: number[];
	consequence: string;
}

export const workedPages = filesBelow('docs/contributing', '.md').sort();

/** The heading of a step with its file, a line that names a file, or a block of code. */
const PARTS = /^(?:### (\d+)\. .*?(?:`([\w./-]+)`.*)?|`([\w./-]+)`:|```(\w+)\n([^]*?)^```)$/gm;

export function changesOf(page: string): Change[] {
	const changes: Change[] = [];
	let step = 0;
	let file = '';
	for (const [, number, inHeading, above, language, text] of read(page).matchAll(PARTS)) {
		step = number === undefined ? step : Number(number);
		file = inHeading ?? above ?? file;
		if (step === 0 || language === undefined || language === 'bash') continue;
		changes.push({ step, file, kind: language === 'diff' ? 'edit' : 'new file', text });
	}
	return changes;
}

/** The rows below the heading "What happens if a step is forgotten". */
export function forgottenSteps(page: string): ForgottenStep[] {
	const [, table = ''] = read(page).split(/^## What happens if a step is forgotten$/m);
	return rowsOf(table)
		.slice(1)
		.map((cells) => ({
			steps: matches(cells[0], /\b(\d+)\b/g).map(Number),
			consequence: cells[cells.length - 1],
		}));
}

/** The text of every changed file after all steps of the page, or all but one. Throws if a change does not fit. */
export function applyPage(page: string, forgotten?: number): Map<string, string> {
	const files = new Map<string, string>();
	for (const { step, file, kind, text } of changesOf(page)) {
		if (step === forgotten) continue;
		if (exists(file) !== (kind === 'edit')) throw new Error(`${page}: ${file} is no ${kind}`);
		files.set(file, kind === 'edit' ? edited(file, files.get(file) ?? read(file), text) : text);
	}
	return files;
}

function edited(file: string, before: string, diff: string): string {
	return diff.split(/^@@.*\n/m).reduce((text, hunk) => {
		const linesWith = (...marks: string[]) =>
			hunk
				.split('\n')
				.slice(0, -1)
				.map((line) => line || ' ')
				.filter((line) => marks.includes(line[0]))
				.map((line) => `${line.slice(1)}\n`)
				.join('');
		const old = linesWith(' ', '-');
		const at = `\n${text}`.indexOf(`\n${old}`);
		if (at < 0 || at !== `\n${text}`.lastIndexOf(`\n${old}`))
			throw new Error(`${file} does not have these lines exactly once:\n${old}`);
		return text.slice(0, at) + linesWith(' ', '+') + text.slice(at + old.length);
	}, before);
}

const options = ts.parseJsonConfigFileContent(
	ts.readConfigFile(path.join(root, 'tsconfig.tooling.json'), ts.sys.readFile).config,
	ts.sys,
	root,
).options;
const unchanged = new Map<string, ts.SourceFile | undefined>();
let lastProgram: ts.Program | undefined;

const results = new Map<string, string[]>();

/** The errors of the compiler in the changed files and in `others`, as `file: text`. */
export function compile(changed: Map<string, string>, others: string[] = []): string[] {
	const isSource = (file: string) => /\.m?ts$/.test(file);
	const sources = [...new Set([...changed.keys(), ...others])].filter(isSource).sort();
	const key = JSON.stringify(sources.map((file) => [file, changed.get(file)]));
	if (!results.has(key)) results.set(key, diagnostics(changed, sources));
	return results.get(key)!;
}

function diagnostics(changed: Map<string, string>, sources: string[]): string[] {
	const overlay = new Map([...changed].map(([file, text]) => [path.join(root, file), text]));
	const host = ts.createCompilerHost(options);
	const { fileExists, readFile, getSourceFile } = host;
	host.fileExists = (file) => overlay.has(file) || fileExists(file);
	host.readFile = (file) => overlay.get(file) ?? readFile(file);
	host.getSourceFile = (file, ...rest) => {
		if (overlay.has(file)) return getSourceFile(file, ...rest);
		if (!unchanged.has(file)) unchanged.set(file, getSourceFile(file, ...rest));
		return unchanged.get(file);
	};
	const rootNames = sources.map((file) => path.join(root, file)).filter(host.fileExists);
	const program = ts.createProgram(
		rootNames,
		{ ...options, noUnusedParameters: true },
		host,
		lastProgram,
	);
	lastProgram = program;
	return rootNames.flatMap((file) => {
		const source = program.getSourceFile(file);
		const problems = [
			...program.getSyntacticDiagnostics(source),
			...program.getSemanticDiagnostics(source),
		];
		return problems.map(
			({ messageText }) =>
				`${path.relative(root, file)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
		);
	});
}
