/** The package as n8n loads it: descriptions of both nodes, forms, icons, sizes, output schemas. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { isSecretField } from '../../bank131/values/mask.ts';
import { outputShapes, type Shape } from '../../scripts/output-shapes.mts';
import { schemaText } from '../../scripts/schema-text.mts';
import { projectDir, subtitleOf, wf } from '../support/engine.mts';
import { usePackage } from '../support/engineFixture.mts';
import { nameOf, registeredOperations } from '../support/recorder.mts';
import { schemaFile } from '../support/schemas.mts';

/** n8n 1.85 has another third argument: the names of nodes with pinned data. */
const takesTypeForIssues = !globalThis.n8nEngine.coreVersion.startsWith('1.8');
const MAX_DESCRIPTION_BYTES = 130 * 1024;

const fixture = usePackage();
let action: INodeTypeDescription;
let trigger: INodeTypeDescription;
beforeAll(() => {
	const described = (name: string) => (fixture.loader.getNode(name).type as INodeType).description;
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

describe('package', () => {
	test('descriptions of both nodes: at most 130 KB', () => {
		const bytes = [action, trigger].map((one) => Buffer.byteLength(JSON.stringify(one)));
		expect(bytes[0] + bytes[1]).toBeLessThanOrEqual(MAX_DESCRIPTION_BYTES);
	});

	test('both nodes: icons for light and dark themes, category and documentation', () => {
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

	// n8n looks for the letters of a search in the names and aliases, whatever their case.
	test.each([
		...['банк 131', 'выплата', 'выплаты', 'возврат', 'платёж', 'самозанятый', 'чек', 'нпд', 'сбп'],
		...['bank131', 'refund', 'tax', 'payroll', 'sbp', 'receipt'],
	])('search for "%s": finds the action node', (text) => {
		const names = [action.displayName, ...(action.codex?.alias ?? [])];
		expect(names.filter((name) => name.toLowerCase().includes(text))).not.toEqual([]);
	});

	test.each(['банк 131', 'выплата', 'возврат', 'webhook', 'refund'])(
		'search for "%s": finds the trigger',
		(text) => {
			const names = [trigger.displayName, ...(trigger.codex?.alias ?? [])];
			expect(names.filter((name) => name.toLowerCase().includes(text))).not.toEqual([]);
		},
	);

	test('codex files: the node names of n8n', () => {
		for (const node of ['Bank131', 'Bank131Trigger']) {
			const file = path.join(projectDir, `nodes/${node}/${node}.node.json`);
			const codex = JSON.parse(readFileSync(file, 'utf8')) as { node: string };
			expect(codex.node).toBe(`n8n-nodes-bank131.${node[0].toLowerCase()}${node.slice(1)}`);
		}
	});

	test('form: offers exactly the registered operations', () => {
		const offered = valuesOf(property('resource')).flatMap((resource) =>
			valuesOf(property('operation', { resource })).map((value) => `${resource}.${value}`),
		);
		expect(offered.sort()).toEqual(registeredOperations().map(nameOf).sort());
	});

	test('output shapes: exactly one per registered operation', () => {
		const operations = registeredOperations().map(nameOf);
		expect(Object.keys(outputShapes).sort()).toEqual(operations.sort());
	});

	test.each(Object.entries(outputShapes))(
		'output schema of %s: the file that scripts/make-schemas.mts writes',
		(operation, shape) => {
			const file = schemaFile(operation);
			const written = existsSync(file) ? readFileSync(file, 'utf8') : 'no file';
			expect(written).toBe(schemaText(shape));
		},
	);

	test('fields of outputs that hold secrets: n8n hides them in stored executions', () => {
		const names = Object.values(outputShapes).flatMap(fieldNames);
		const secrets = [...new Set(names.filter(isSecretField))];
		expect(secrets.sort()).toEqual([
			...['accountToken', 'cardHash', 'recurringToken', 'savedAccount', 'savedCard', 'token'],
		]);
		expect(action.sensitiveOutputFields).toEqual(expect.arrayContaining(secrets));
		expect(trigger.sensitiveOutputFields).toEqual(['accountToken', 'recurringToken']);
	});

	test('output schemas: no file without an operation', () => {
		const folder = path.join(projectDir, 'nodes/Bank131/__schema__/v1.0.0');
		const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.json'))
			.map((file) => path.join(folder, file));
		expect(files.sort()).toEqual(registeredOperations().map(nameOf).map(schemaFile).sort());
	});
});

/** The names of all fields of an output, also of those inside its lists. */
const fieldNames = (shape: Shape): string[] =>
	Object.entries(shape).flatMap(([name, type]) =>
		typeof type === 'string' ? [name] : [name, ...type.flatMap(fieldNames)],
	);

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

test('new triggers: version above 1, because n8n evaluates an expression per webhook for version 1', () => {
	const version = trigger.defaultVersion ?? Math.max(...[trigger.version].flat());
	expect(version).toBeGreaterThan(1);
});

test.each([
	[['payment_finished'], 'finished'],
	[['ready_to_confirm', 'payment_refunded'], 'ready to confirm and 1 more'],
	[['other', 'transaction_registration', 'nominal_topup'], 'other and 2 more'],
	[['new_event_of_the_bank'], 'new event of the bank'],
	[[], ''],
])('trigger with the events %j: its subtitle is "%s"', async (events, subtitle) => {
	expect(
		await subtitleOf({
			loader: fixture.loader,
			nodeName: 'bank131Trigger',
			parameters: { events },
		}),
	).toBe(subtitle);
});

describe('form', () => {
	test('Answer the Bank: no expression, because n8n does not evaluate it', () => {
		const fields = fieldsOfBoth().filter(({ name }) => name === 'answer');
		expect(fields).toMatchObject([{ noDataExpression: true }]);
	});

	test('every field: has a label', () => {
		const unlabelled = fieldsOfBoth().filter(({ displayName }) => !displayName?.trim());
		expect(unlabelled.map(({ name }) => name)).toEqual([]);
	});

	test('every field except plain data of participants and taxes: has a description', () => {
		const undescribed = fieldsOfBoth().filter(
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
			undescribed
				.map(({ name }) => name)
				.filter((name) => !participant.has(name) && !rows.includes(name) && !/Options$/.test(name)),
		).toEqual([]);
	});

	test('lists of five entries or more: sorted by name', () => {
		for (const { type, options = [], name } of fieldsOfBoth()) {
			if (!['options', 'multiOptions', 'collection'].includes(type) || options.length < 5) continue;
			const names = (options as INodeProperties[]).map((one) =>
				type === 'collection' ? one.displayName : one.name,
			);
			const sorted = [...names].sort((a, b) => a.localeCompare(b));
			expect({ name, names }).toEqual({ name, names: sorted });
		}
	});

	test('placeholders: begin with "e.g."; labels and descriptions: no programming terms', () => {
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

	test('notices: shorter than 260 characters', () => {
		const notices = action.properties.filter(({ type }) => type === 'notice');
		for (const { displayName } of notices) {
			expect(displayName.replace(/<[^>]+>/g, '').length).toBeLessThan(260);
		}
	});

	test('field shown for several operations: the same label everywhere', () => {
		const labels = new Map<string, Set<string>>();
		for (const { name, displayName } of action.properties) {
			labels.set(name, (labels.get(name) ?? new Set()).add(displayName));
		}
		expect([...labels].filter(([, names]) => names.size > 1)).toEqual([]);
	});
});

/** Each operation, alone and with each value of each field that changes the form. */
function* forms(): Generator<INodeParameters> {
	const formSwitches = [
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
					formSwitches.includes(name) &&
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

test('every form: n8n fills in the defaults and reports empty required fields only', () => {
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
		// Every operation has fields, and no field is shown twice.
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
