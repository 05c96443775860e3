/** docs/api-coverage.md says what is true: the package, the sandbox and the tests are asked. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { endpoints as called } from '../../bank131/protocol/endpoints.ts';
import { resources } from '../../nodes/Bank131/registry.ts';
import { endpoints as answered } from '../../sandbox/api/endpoints.mts';

const root = path.resolve(__dirname, '../..');
const page = readFileSync(path.join(root, 'docs/api-coverage.md'), 'utf8');

interface Row {
	method: string;
	versions: string[];
	operation: string;
	confidence: string;
	sandbox: string;
	test: string;
}

const rows: Row[] = page
	.split('\n')
	.filter((line) => /^\| `[a-z0-9_/]+` \| v\d/.test(line))
	.map((line) => {
		const [, method, versions, operation, confidence, sandbox, test] = line
			.split('|')
			.map((cell) => cell.trim());
		const names = versions.split(' ');
		return {
			method: method.replaceAll('`', ''),
			versions: names,
			operation,
			confidence,
			sandbox,
			test,
		};
	});

/** `Payout: Send`, as the editor calls it; longest first, since some names begin like others. */
const labels = resources
	.flatMap((resource) =>
		resource.operations.map(({ name, value }) => ({
			label: `${resource.name}: ${name}`,
			resource: resource.value,
			value,
		})),
	)
	.sort((a, b) => b.label.length - a.label.length);

/** The operations that a text names, and what is left of the text without them. */
function readOperations(text: string) {
	let rest = text;
	// `Collateral Account: Get Balances` is not named by the beginning of a longer name.
	const named = labels.filter(({ label }) => {
		const isNamed = rest.includes(label);
		rest = rest.replaceAll(label, '');
		return isNamed;
	});
	return { named, rest };
}

test('every method that the package calls is on the page, in its versions, once', () => {
	const listed = rows.map(({ method, versions }) => `${method} ${versions.join(' ')}`);
	const real = Object.values(called).map(
		({ path: method, versions }) => `${method} ${versions.join(' ')}`,
	);
	expect(listed.sort()).toEqual(real.sort());
});

test('every method that the sandbox answers is on the page', () => {
	const without = ['session/chargeback'];
	const listed = rows.map(({ method }) => method);
	expect(Object.keys(answered).sort()).toEqual([...listed, ...without].sort());
	for (const method of without) expect(page).toContain(`| \`${method}\` |`);
});

test.each(rows)(
	'$method: its row names a known source, an operation, and files that call it',
	({ method, operation, confidence, sandbox, test: file }) => {
		expect(confidence).toMatch(/^(documented|name only|sister platform|SDK)/);
		const { named, rest } = readOperations(operation);
		expect(named).not.toEqual([]);
		// Nothing that looks like an operation is left over.
		expect(rest).not.toMatch(/\w: /);
		const source = readFileSync(path.join(root, 'sandbox/api', sandbox), 'utf8');
		expect(source).toMatch(new RegExp(`\\b${method}\\b`));
		expect(existsSync(path.join(root, 'test/engine', file))).toBe(true);
	},
);

test('the named test runs an operation of the row', () => {
	const idle = rows.filter(({ operation, test: file }) => {
		const text = readFileSync(path.join(root, 'test/engine', file), 'utf8');
		return !readOperations(operation).named.some(
			({ resource, value }) =>
				text.includes(`'${resource}.${value}'`) ||
				text.includes(`'${value}'`) ||
				text.includes('payAll') ||
				file === 'requests.test.mts',
		);
	});
	expect(idle.map(({ method }) => method)).toEqual([]);
});

test('every operation is on the page', () => {
	const { named } = readOperations(page);
	expect(labels.filter((one) => !named.includes(one))).toEqual([]);
});
