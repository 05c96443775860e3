/** Every line of docs/assumptions.md says what happens under the other reading, and names the tests that show it. */
import { exists, filesBelow, matches, read, tableOf } from '../support/pages.mts';
import { hasTest, testNamesOf } from '../support/testNames.mts';

interface Line {
	assumption: string;
	where: string;
	otherwise: string;
	/** The tests that show what happens if it is otherwise. */
	test: string;
}

const page = read('docs/assumptions.md');

const sectionOf = (heading: string): string => page.split(`\n## ${heading}\n`)[1].split('\n## ')[0];

const lines: Line[] = ['Money and safety', 'Form of requests and responses'].flatMap((heading) =>
	tableOf(sectionOf(heading)).map(([assumption, where, otherwise, test]) => ({
		assumption,
		where,
		otherwise,
		test,
	})),
);

interface NamedTest {
	file: string;
	name: string;
}

/** `unit/flow.send`: "name", and so on, separated by semicolons. */
const NAMED_TEST = /`([\w./-]+)`: "([^"]+)"/g;

const namedTests = (cell: string): NamedTest[] =>
	[...cell.matchAll(NAMED_TEST)].map(([, file, name]) => ({ file: `test/${file}.test.mts`, name }));

/** The tests of a cell that do not exist. */
const missingTests = (cell: string): string[] =>
	namedTests(cell)
		.filter(({ file, name }) => !exists(file) || !hasTest(testNamesOf(file), name))
		.map(({ file, name }) => `${file}: ${name}`);

test('there are lines in both tables, each with four filled cells', () => {
	expect(lines.length).toBeGreaterThan(40);
	for (const line of lines) {
		for (const cell of Object.values(line)) expect(cell).toMatch(/\S/);
	}
});

test.each(lines)('$assumption: a test shows the other reading', ({ test: cell }) => {
	expect(namedTests(cell)).not.toEqual([]);
	expect(cell.replace(NAMED_TEST, '').replaceAll('; ', '')).toBe('');
	expect(missingTests(cell)).toEqual([]);
	// A name that says nothing without its values names no test.
	for (const { name } of namedTests(cell)) expect(name).toMatch(/(?:\w+\W+){2}\w+/);
});

test('every file with an assumption in its comments is named on the page', () => {
	const named = new Set(matches(page, /`((?:bank131|nodes)\/[\w./-]+)`/g));
	const files = ['bank131', 'nodes'].flatMap((room) => filesBelow(room, '.ts'));
	const assuming = files.filter((file) => /\bAssumptions?\b/.test(read(file)));
	expect(assuming.filter((file) => !named.has(file))).toEqual([]);
	expect([...named].filter((file) => !exists(file))).toEqual([]);
});

describe('a name of a test', () => {
	const cellOf = (name: string, file = 'unit/assumptions') => `\`${file}\`: "${name}"`;

	test.each([
		'there are lines in both tables, each with four filled cells',
		'a name of a test › … is found',
		'… is found',
		'a wrong one is found',
	])('%s is found', (name) => {
		expect(missingTests(cellOf(name))).toEqual([]);
	});

	test.each([
		['with a missing word', 'there are lines in tables, each with four filled cells'],
		['of a group', 'a name of a test'],
		['with a value that the file does not have', `${['a', 'stranger'].join(' ')} is found`],
		['below another group', 'another group › … is found'],
		['only the end of it', 'filled cells'],
		['not there', 'this test is missing'],
	])('that is wrong, %s: reported', (_, name) => {
		expect(missingTests(cellOf(name))).toHaveLength(1);
	});

	test('in a file that does not exist: reported', () => {
		expect(missingTests(cellOf('… is found', 'unit/nowhere'))).toHaveLength(1);
	});

	const aWrongOne = 'a wrong one';
	test('a value may be a text of the file', () => {
		expect(missingTests(cellOf(`${aWrongOne} is found`))).toEqual([]);
	});
});
