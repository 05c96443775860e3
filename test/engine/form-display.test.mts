/** What n8n shows of the form: fields that are there twice, subtitles, and marks of needed fields. */
import type {
	INodeParameters,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	Workflow,
} from 'n8n-workflow';

import { wf } from '../support/engine.mts';
import { usePackage } from '../support/engineFixture.mts';
import { registeredOperations } from '../support/recorder.mts';

/** n8n 1.85 has another third argument: the names of nodes with pinned data. */
const takesType = !globalThis.n8nEngine.coreVersion.startsWith('1.8');

const fixture = usePackage();
let action: INodeTypeDescription;
beforeAll(() => {
	action = (fixture.loader.getNode('bank131').type as INodeType).description;
});

const nodeWith = (parameters: INodeParameters) => ({
	id: '1',
	name: 'Bank 131',
	type: 'n8n-nodes-bank131.bank131',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters,
});

/** Whether n8n shows a field: `values` are those beside it, `root` all parameters. n8n 1.85 does not take the type. */
function isShown(field: INodeProperties, values: INodeParameters, root = values): boolean {
	const display = wf.NodeHelpers.displayParameter as (...args: unknown[]) => boolean;
	return display(values, field, nodeWith(root), ...(takesType ? [action] : []), root);
}

/** The parameters as the editor has them, and the fields that it shows. */
function show(parameters: INodeParameters) {
	const node = nodeWith(parameters);
	const { properties } = action;
	const fill = wf.NodeHelpers.getNodeParameters as (...args: unknown[]) => INodeParameters;
	const filled = fill(properties, parameters, true, false, node, ...(takesType ? [action] : []));
	const shown = properties.filter((one) => isShown(one, filled));
	return { filled, shown };
}

const send = (parameters: INodeParameters) => ({
	resource: 'payout',
	operation: 'send',
	...parameters,
});
const named = (fields: INodeProperties[], name: string) =>
	fields.filter((one) => one.name === name);

describe('a field that a payout method has in its own form: shown once', () => {
	const methods = ['bankAccount', 'cardNumber', 'fps', 'taxFull', 'eachRow', '={{ $json.method }}'];

	test.each(methods)('Payout Method %s: one Pay From, at most one Purpose', (payoutMethod) => {
		const { shown } = show(send({ payoutMethod }));
		expect(named(shown, 'payFrom')).toHaveLength(1);
		expect(named(shown, 'purpose').length).toBeLessThanOrEqual(1);
	});

	test.each(['collateral', 'settlement', 'escrow'])(
		'Pay From %s: kept for a phone payout, for others, and by an expression',
		(payFrom) => {
			for (const payoutMethod of methods) {
				expect(show(send({ payoutMethod, payFrom })).filled).toMatchObject({ payFrom });
			}
		},
	);

	test('a phone payout: no collateral account; From Each Row: the purpose below the columns', () => {
		const [payFrom] = named(show(send({ payoutMethod: 'fps' })).shown, 'payFrom');
		expect(JSON.stringify(payFrom)).not.toContain('Collateral');
		const { shown } = show(send({ payoutMethod: 'eachRow' }));
		const names = shown.map(({ name }) => name);
		expect(names.indexOf('purpose')).toBe(names.indexOf('columns') + 1);
	});
});

test.each<[string, INodeParameters, boolean]>([
	['a new node', {}, false],
	['with another option', { options: { timeLimit: 5 } }, false],
	['saved with Simplify in Options', { options: { simplify: false } }, true],
	['saved with an expression there', { options: { simplify: '={{ $json.raw }}' } }, true],
])('%s: Simplify is shown in one place', (_what, parameters, isSaved) => {
	const { filled, shown } = show(send(parameters));
	expect(named(shown, 'simplify')).toHaveLength(isSaved ? 0 : 1);
	const [{ options = [] }] = named(shown, 'options');
	const inOptions = (options as INodeProperties[]).filter((one) =>
		isShown(one, filled.options as INodeParameters, filled),
	);
	expect(named(inOptions, 'simplify')).toHaveLength(isSaved ? 1 : 0);
	expect(filled.options).toEqual(parameters.options ?? {});
});

test('required fields: none keeps a workflow with expressions from starting', () => {
	const count = { marked: 0 };
	for (const { resource, value: operation } of registeredOperations()) {
		// n8n counts a field as shown when what controls it is an expression, and reports it if it is empty.
		const switches = ['payoutMethod', 'paymentMethod', 'payFrom', 'accountHolder', 'issueReceipt'];
		const controlled = Object.fromEntries(switches.map((name) => [name, '={{ $json.x }}']));
		const { shown } = show({ resource, operation, ...controlled });
		const marked = shown.filter(({ required }) => required);
		count.marked += marked.length;
		const byExpression = Object.fromEntries(marked.map(({ name }) => [name, '={{ $json.x }}']));
		const parameters = { resource, operation, ...controlled, ...byExpression };
		const { filled } = show(parameters);
		const issues = wf.NodeHelpers.getNodeParametersIssues(
			action.properties,
			nodeWith(filled),
			(takesType ? action : undefined) as INodeTypeDescription,
		);
		expect({ resource, operation, issues }).toEqual({ resource, operation, issues: null });
	}
	expect(count.marked).toBeGreaterThan(60);
});

test.each(['send', 'start', 'initiate'])(
	'Payout: %s with the method by an expression: no field is shown twice',
	(operation) => {
		const [payoutMethod, issueReceipt] = ['={{ $json.method }}', '={{ $json.receipt }}'];
		const { shown } = show({ resource: 'payout', operation, payoutMethod, issueReceipt });
		const names = shown.map(({ name }) => name);
		expect(names.length).toBeGreaterThan(30);
		expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
	},
);

test('fields of payout methods that are needed: their description says so, without the mark', () => {
	const needed = [
		'account',
		'bik',
		'cardNumber',
		'cardHash',
		'savedCard',
		'phone',
		'fpsBankId',
		'purpose',
	];
	const { shown } = show(send({ payoutMethod: '={{ $json.method }}' }));
	for (const name of needed) {
		const [one] = named(shown, name);
		expect({ name, text: one.description }).toEqual({
			name,
			text: expect.stringMatching(/^Needed\. /) as string,
		});
		expect(one.required).toBeUndefined();
	}
});

test('subtitle: resource and operation as the form names them, for every operation', () => {
	const names = new Map<string, string>();
	for (const one of action.properties) {
		if (one.name !== 'resource' && one.name !== 'operation') continue;
		const { resource = [''] } = one.displayOptions?.show ?? {};
		for (const option of one.options as Array<{ name: string; value: string }>) {
			names.set([resource[0], option.value].filter(Boolean).join('.'), option.name);
		}
	}
	for (const { resource, value } of registeredOperations()) {
		const node = nodeWith({ resource, operation: value });
		const workflow: Workflow = new wf.Workflow({
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: { getByNameAndVersion: () => ({ description: action }) } as never,
		});
		const text = workflow.expression.getSimpleParameterValue(node, action.subtitle, 'internal', {});
		expect(text).toBe(`${names.get(resource)}: ${names.get(`${resource}.${value}`)}`);
	}
});
