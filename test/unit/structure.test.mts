/**
 * The rules of the house that can be read from the source (CONTRIBUTING.md, "House rules"). Imports between rooms are
 * checked by .dependency-cruiser.cjs.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import ts from 'typescript';

import { properties as triggerProperties } from '../../nodes/Bank131Trigger/properties.ts';
import { properties } from '../../nodes/Bank131/properties.ts';
import { operations, resources } from '../../nodes/Bank131/registry.ts';
import { read, rowsOf } from '../support/pages.mts';

const ROOT = path.join(__dirname, '../..');
const MAX_FILES_IN_A_FOLDER = 15;
const MAX_TEST_LINES = 500;
/** They quote the headers of the bank's reports, the headers and words of people's lists, and names of banks. */
const QUOTING_FILES = [
	'bank131/reports/columns.ts',
	'bank131/payoutList/columnNames.ts',
	'bank131/payoutList/words.ts',
	'bank131/services/fpsBankSpellings.ts',
];

/** Every source file below `folder`, relative to the project. */
function sourceFiles(folder: string): string[] {
	return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(ts|mts|js|html|css)$/.test(entry.name))
		.map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));
}

function parse(file: string): ts.SourceFile {
	const text = readFileSync(path.join(ROOT, file), 'utf8');
	return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** The text of every string literal and every part of a template, without the paths of imports. */
function stringLiterals(file: string): string[] {
	const literals: string[] = [];
	const visit = (node: ts.Node): void => {
		const isPath = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
		if (isPath) return;
		if (
			ts.isStringLiteralLike(node) ||
			ts.isTemplateHead(node) ||
			ts.isTemplateMiddleOrTemplateTail(node)
		)
			literals.push(node.text);
		ts.forEachChild(node, visit);
	};
	visit(parse(file));
	return literals;
}

/** Every label that the editor shows: of fields, of their choices, of the parts of a collection. */
function labelsOf(entries: readonly unknown[]): string[] {
	return entries.flatMap((entry) => {
		if (typeof entry !== 'object' || entry === null) return [];
		const { displayName, name, value, options, values } = entry as Record<string, unknown>;
		const isChoice = displayName === undefined && value !== undefined;
		const own = isChoice ? name : displayName;
		return [
			...(typeof own === 'string' ? [own] : []),
			...[options, values].flatMap((list) => (Array.isArray(list) ? labelsOf(list) : [])),
		];
	});
}

const credentialLabels = [
	'Private Key',
	'Passphrase',
	'Bank Public Key',
	'Custom URL',
	'Sub-Merchant',
	'API Version',
];
const labels = [
	...new Set([...labelsOf(properties), ...labelsOf(triggerProperties), ...credentialLabels]),
];

/** Names of operations as messages write them, e.g. `Session: Get`. */
const operationNames = operations.map((operation) => {
	const resource = resources.find(({ value }) => value === operation.resource);
	return `${resource?.name}: ${operation.name}`;
});

const N8N_TERMS =
	/\b(n8n|workflows?|nodes?|triggers?|expressions?|executions?|credentials?|webhook url|extract from file|spreadsheets?|binary)\b/i;

/** Names of products: the same word is the label of a payment method and the masked payer in the output. */
const BRANDS = ['Apple Pay', 'Google Pay'];

/** Why a literal must not be in `bank131/`; undefined if it may. */
function leakIn(text: string): string | undefined {
	const operation = operationNames.find((name) => text.includes(name));
	if (operation) return `operation ${operation}`;
	const quoted = labels.find((label) => text.includes(`"${label}"`));
	if (quoted) return `quoted label ${quoted}`;
	const label = labels.find(
		(one) => one.includes(' ') && text.includes(one) && !BRANDS.includes(one),
	);
	if (label) return `label ${label}`;
	const term = N8N_TERMS.exec(text);
	return term ? `term of n8n "${term[0]}"` : undefined;
}

describe('bank131/ knows no n8n', () => {
	test('no string literal names an operation, a label of the form or a term of n8n', () => {
		const leaks = sourceFiles('bank131').flatMap((file) =>
			stringLiterals(file).flatMap((text) => {
				const leak = leakIn(text);
				return leak === undefined ? [] : [`${file}: ${leak} in "${text}"`];
			}),
		);
		expect(leaks).toEqual([]);
	});

	test('no string literal is a sentence: texts for people live in nodes/', () => {
		const files = sourceFiles('bank131').filter((file) => !QUOTING_FILES.includes(file));
		const sentences = files.flatMap((file) =>
			stringLiterals(file)
				.filter((text) => text.trim().split(/\s+/).length > 3)
				.map((text) => `${file}: ${text}`),
		);
		expect(sentences).toEqual([]);
	});

	test.each([
		['Read it with Session: Get.', 'operation Session: Get'],
		['Raise "Amount".', 'quoted label Amount'],
		['Choose Confirm Automatically.', 'label Confirm Automatically'],
		['Check the credential.', 'term of n8n "credential"'],
		['payout_details', undefined],
		['amountMismatch', undefined],
	])('the literal "%s" is recognised as %s', (text, leak) => {
		expect(leakIn(text)).toBe(leak);
	});
});

describe('operations', () => {
	/** `[file, export]` of every call of `defineOperation()`, and of every object typed as an operation on all items. */
	const defined = sourceFiles('nodes/Bank131/operations').flatMap((file) => {
		const text = readFileSync(path.join(ROOT, file), 'utf8');
		const pattern = /^export const (\w+)(?: = defineOperation\(|: BulkOperation = )/gm;
		return [...text.matchAll(pattern)].map(([, name]) => [file, name] as const);
	});

	test('every file that defines an operation defines one', () => {
		const files = defined.map(([file]) => file);
		expect(files.filter((file, index) => files.indexOf(file) !== index)).toEqual([]);
		expect(files.length).toBeGreaterThan(30);
	});

	test.each(defined)('%s: %s is in the registry', async (file, name) => {
		const module = (await import(path.join(ROOT, file))) as Record<string, unknown>;
		expect(operations.some((one) => one === module[name])).toBe(true);
	});

	test('every operation of the registry is in the folder of its resource, under its own name', () => {
		const expected = operations.map(({ resource, value }) => `${resource}/${value}.ts`);
		const files = defined.map(([file]) => file.replace('nodes/Bank131/operations/', ''));
		expect(files.sort()).toEqual(expected.sort());
	});
});

describe('folders', () => {
	test(`no folder holds more than ${MAX_FILES_IN_A_FOLDER} source files`, () => {
		const counts = new Map<string, number>();
		for (const file of ['bank131', 'nodes', 'credentials', 'sandbox', 'playground'].flatMap(
			sourceFiles,
		)) {
			const folder = path.dirname(file);
			counts.set(folder, (counts.get(folder) ?? 0) + 1);
		}
		expect([...counts].filter(([, count]) => count > MAX_FILES_IN_A_FOLDER)).toEqual([]);
	});

	test(`no test file is longer than ${MAX_TEST_LINES} lines`, () => {
		const long = sourceFiles('test')
			.filter((file) => file.endsWith('.mts'))
			.map(
				(file) => [file, readFileSync(path.join(ROOT, file), 'utf8').split('\n').length] as const,
			)
			.filter(([, lines]) => lines > MAX_TEST_LINES);
		expect(long).toEqual([]);
	});
});

test('no comment has a line of more than 120 characters, but for an address', () => {
	const rooms = ['bank131', 'nodes', 'credentials', 'sandbox', 'playground', 'scripts', 'test'];
	const long = rooms.flatMap(sourceFiles).flatMap((file) =>
		readFileSync(path.join(ROOT, file), 'utf8')
			.split('\n')
			.filter((line) => /^\s*(\*|\/\/|\/\*\*) /.test(line) && !line.includes('https://'))
			.filter((line) => line.replaceAll('\t', '  ').length > 120)
			.map((line) => `${file}: ${line.trim()}`),
	);
	expect(long).toEqual([]);
});

describe('the tables of rooms in CONTRIBUTING.md', () => {
	interface Rule {
		name: string;
		comment?: string;
	}
	const { forbidden } = createRequire(__filename)('../../.dependency-cruiser.cjs') as {
		forbidden: Rule[];
	};
	/** The folders of sandbox and playground have one order, which their own READMEs show. */
	const arrows = forbidden.filter(({ name }) => /^room (?!sandbox|playground)/.test(name));
	const core = arrows.flatMap(({ name }) => /^room bank131\/(\w+)$/.exec(name)?.[1] ?? []);

	/** The name of a room as the tables write it. */
	const shortName = (room: string): string =>
		room
			.replace(/\(\?!.*/, '')
			.replace('nodes/[^/]+/[^/]+\\.node', 'Bank131.node')
			.replace(/^(bank131|nodes\/Bank131|nodes)\//, '')
			.replace(/[()/]/g, '')
			.replaceAll('|', ', ');

	const importsOf = ({ comment = '' }: Rule): string => {
		const list = (/^It may import (.*)/.exec(comment)?.[1] ?? '').split(', ').map(shortName);
		const hasCore = core.every((room) => list.includes(room));
		return [
			...(hasCore ? ['bank131'] : []),
			...list.filter((one) => !hasCore || !core.includes(one)),
		]
			.filter(Boolean)
			.join(', ');
	};

	test('list every room and the rooms that it may import, as .dependency-cruiser.cjs does', () => {
		const [, section] = read('CONTRIBUTING.md').split('## Where things live');
		const listed = rowsOf(section.split('\n## ')[0])
			.filter(([name, , imports]) => name.startsWith('`') && !/^all$|in one order/.test(imports))
			.map(([name, , imports]) => {
				const room = name.replace(/`|nodes\/|\.ts/g, '');
				return `${room}: ${imports}`;
			});
		expect(listed.sort()).toEqual(
			arrows.map((rule) => `${shortName(rule.name.slice(5))}: ${importsOf(rule)}`).sort(),
		);
	});
});

describe('the package', () => {
	test('has no runtime dependencies', () => {
		const json = JSON.parse(read('package.json')) as Record<string, object | undefined>;
		expect(json.dependencies ?? {}).toEqual({});
		expect(Object.keys(json.peerDependencies ?? {})).toEqual(['n8n-workflow']);
	});

	test('published code is .ts, other TypeScript is .mts', () => {
		const published = ['bank131', 'nodes', 'credentials'].flatMap(sourceFiles);
		const others = ['sandbox', 'playground', 'scripts', 'test'].flatMap(sourceFiles);
		expect(published.filter((file) => path.extname(file) !== '.ts')).toEqual([]);
		expect(others.filter((file) => path.extname(file) === '.ts')).toEqual([]);
	});
});
