/** The package as n8n loads it: both nodes, their texts, fields, icons, sizes, output schemas. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { outputShapes } from '../../scripts/output-shapes.mts';
import { schemaText } from '../../scripts/schema-text.mts';
import { loadPackage, projectDir, wf } from '../support/engine.mts';
import { nameOf, registeredOperations } from '../support/recorder.mts';
import { schemaFile } from '../support/schemas.mts';

/** n8n 1.85 wants the names of nodes with pinned data in its place. */
const takesTypeForIssues = !globalThis.n8nEngine.coreVersion.startsWith('1.8');
const MAX_DESCRIPTION_BYTES = 120 * 1024;

let action: INodeTypeDescription;
let trigger: INodeTypeDescription;
beforeAll(async () => {
	const loader = await loadPackage();
	const described = (name: string) => (loader.getNode(name).type as INodeType).description;
	[action, trigger] = [described('bank131'), described('bank131Trigger')];
});

const property = (name: string, shown: INodeParameters = {}): INodeProperties =>
	action.properties.find(
		(one) =>
			one.name === name &&
			Object.entries(one.displayOptions?.show ?? {}).every(
				([key, values]) => !(key in shown) || values?.includes(shown[key] as string),
			),
	)!;

const valuesOf = (one: INodeProperties): string[] =>
	(one.options as INodePropertyOptions[]).map(({ value }) => String(value));

describe('the package', () => {
	test('describes both nodes in at most 120 KB', () => {
		const bytes = [action, trigger].map((one) => Buffer.byteLength(JSON.stringify(one)));
		expect(bytes[0] + bytes[1]).toBeLessThanOrEqual(MAX_DESCRIPTION_BYTES);
	});

	test('shows both nodes with icons for light and dark, and says what they are about', () => {
		for (const one of [action, trigger]) {
			expect(one.iconUrl).toEqual({
				light: expect.stringMatching(/bank131\.svg$/),
				dark: expect.stringMatching(/bank131\.dark\.svg$/),
			});
			expect(one.codex).toMatchObject({
				categories: ['Finance & Accounting'],
				alias: expect.arrayContaining(['SBP']),
				resources: { primaryDocumentation: [expect.anything()] },
			});
		}
	});

	test('has a codex that names each node as n8n does', () => {
		for (const node of ['Bank131', 'Bank131Trigger']) {
			const file = path.join(projectDir, `nodes/${node}/${node}.node.json`);
			const codex = JSON.parse(readFileSync(file, 'utf8')) as { node: string };
			expect(codex.node).toBe(`n8n-nodes-bank131.${node[0].toLowerCase()}${node.slice(1)}`);
		}
	});

	test('offers every operation that it has, and no other', () => {
		const offered = valuesOf(property('resource')).flatMap((resource) =>
			valuesOf(property('operation', { resource })).map((value) => `${resource}.${value}`),
		);
		expect(offered.sort()).toEqual(registeredOperations().map(nameOf).sort());
	});

	test('has the output schema of every operation, as the script makes it', () => {
		const operations = registeredOperations().map(nameOf);
		expect(Object.keys(outputShapes).sort()).toEqual(operations.sort());
		for (const operation of operations) {
			expect(readFileSync(schemaFile(operation), 'utf8')).toBe(schemaText(outputShapes[operation]));
		}
	});
});

/** Every property and every field inside collections. */
function* allFields(fields: readonly unknown[]): Generator<INodeProperties> {
	for (const one of fields as INodeProperties[]) {
		if (one.type !== undefined) yield one;
		const { options = [] } = one;
		const nested = one.type === 'collection' || one.type === 'fixedCollection' ? options : [];
		yield* allFields(nested);
		yield* allFields((one as unknown as INodePropertyCollection).values ?? []);
	}
}

const fieldsOfBoth = () => [...allFields(action.properties), ...allFields(trigger.properties)];

test('new triggers have a version above 1: for each webhook of a version 1 n8n evaluates an expression', () => {
	const version = trigger.defaultVersion ?? Math.max(...[trigger.version].flat());
	expect(version).toBeGreaterThan(1);
});

describe('the form', () => {
	test('offers no expression for Answer the Bank, where n8n does not evaluate it', () => {
		const found = fieldsOfBoth().filter(({ name }) => name === 'answer');
		expect(found).toMatchObject([{ noDataExpression: true }]);
	});

	test('labels every field', () => {
		const bare = fieldsOfBoth().filter(({ displayName }) => !displayName?.trim());
		expect(bare.map(({ name }) => name)).toEqual([]);
	});

	test('explains every field that is not one of a list of plain facts', () => {
		const silent = fieldsOfBoth().filter(
			({ type, description, name }) =>
				!description &&
				!['notice', 'fixedCollection'].includes(type) &&
				!/^(resource|operation|options|formOptions|additionalFields)$/.test(name) &&
				!name.startsWith('tax_'),
		);
		const participant = new Set(
			(property('recipientDetails').options as INodeProperties[]).map(({ name }) => name),
		);
		const rows = ['contractorAlias', 'percent', 'rootTag'];
		expect(
			silent
				.map(({ name }) => name)
				.filter((name) => !participant.has(name) && !rows.includes(name) && !/Options$/.test(name)),
		).toEqual([]);
	});

	test('lists what has five entries or more by name', () => {
		for (const { type, options = [], name } of fieldsOfBoth()) {
			if (!['options', 'multiOptions', 'collection'].includes(type) || options.length < 5) continue;
			const names = (options as INodeProperties[]).map((one) =>
				type === 'collection' ? one.displayName : one.name,
			);
			const sorted = [...names].sort((a, b) => a.localeCompare(b));
			expect({ name, names }).toEqual({ name, names: sorted });
		}
	});

	test('says "e.g." in its examples, and does not use the words of programmers', () => {
		for (const { placeholder = '', type, name } of fieldsOfBoth()) {
			if (placeholder === '' || type === 'collection' || type === 'fixedCollection') continue;
			expect({ name, placeholder }).toEqual({
				name,
				placeholder: expect.stringMatching(/^(e\.g\. |name@email\.com|-----BEGIN)/),
			});
		}
		const texts = fieldsOfBoth().map((one) => `${one.displayName} ${one.description ?? ''}`);
		expect(
			texts.filter((text) => /\b(boolean|string|array|payload|endpoint|null)\b/i.test(text)),
		).toEqual([]);
	});

	test('has no long notice', () => {
		const notices = action.properties.filter(({ type }) => type === 'notice');
		for (const { displayName } of notices) expect(displayName.length).toBeLessThan(260);
	});

	test('gives the same field the same name wherever it is shown', () => {
		const labels = new Map<string, Set<string>>();
		for (const { name, displayName } of action.properties) {
			labels.set(name, (labels.get(name) ?? new Set()).add(displayName));
		}
		expect([...labels].filter(([, names]) => names.size > 1)).toEqual([]);
	});
});

/** Each resource and operation, with each payout or payment method, source, widget and so on that it offers. */
function* forms(): Generator<INodeParameters> {
	const switches = [
		'payoutMethod',
		'paymentMethod',
		'payFrom',
		'accountHolder',
		'confirmation',
		'issueReceipt',
		'widget',
	];
	for (const resource of valuesOf(property('resource'))) {
		for (const operation of valuesOf(property('operation', { resource }))) {
			yield { resource, operation };
			const shown = action.properties.filter(
				({ name, displayOptions }) =>
					switches.includes(name) &&
					displayOptions?.show?.resource?.includes(resource) &&
					displayOptions.show.operation?.includes(operation),
			);
			for (const one of shown) {
				const values: unknown[] = one.type === 'boolean' ? [true, false] : valuesOf(one);
				for (const value of values) yield { resource, operation, [one.name]: value as string };
			}
		}
	}
}

test('n8n makes every form: defaults are filled in, only empty required fields are pointed out', () => {
	let count = 0;
	for (const wanted of forms()) {
		count++;
		const node = {
			id: '1',
			name: 'Bank 131',
			type: 'n8n-nodes-bank131.bank131',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: wanted,
		};
		const { properties } = action;
		const filled = wf.NodeHelpers.getNodeParameters(properties, wanted, true, false, node, action);
		expect(filled).toMatchObject(wanted);
		const issues = wf.NodeHelpers.getNodeParametersIssues(
			properties,
			{ ...node, parameters: filled! },
			(takesTypeForIssues ? action : undefined) as INodeTypeDescription,
		);
		const texts = Object.values(issues?.parameters ?? {}).flat();
		expect(texts.filter((text) => !/is required|Options?$/.test(text))).toEqual([]);
		// Every operation has fields, and none twice.
		const shown = properties.filter((one) =>
			wf.NodeHelpers.displayParameter(filled!, one, node, action),
		);
		const names = shown.map(({ name }) => name);
		expect(shown.filter(({ type }) => type === 'notice').length).toBeLessThanOrEqual(2);
		expect(new Set(names).size).toBe(names.length);
		expect(names.length).toBeGreaterThan(2);
	}
	expect(count).toBeGreaterThan(140);
});
