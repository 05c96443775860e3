/** The short way to a column of the item must mean what n8n's own evaluator means. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { hostRequire, loadPackage, makeExecuteContext } from '../support/engine.mts';

interface Parameters {
	SharedParameters: new (node: IExecuteFunctions, live: boolean) => object;
	ItemParameters: new (
		node: IExecuteFunctions,
		itemIndex: number,
		shared: object,
	) => { raw(name: string): unknown };
}

const expressions = [
	'={{ $json.ref }}',
	'={{$json.ref}}',
	'={{ $json["ref"] }}',
	"={{ $json['two words'] }}",
	'={{ $json.Имя }}',
	'={{ $json._x1 }}',
	'={{ $json.missing }}',
	'={{ $json.constructor }}',
	'={{ $json["__proto__"] }}',
	'={{ $json["it\\"s"] }}',
	'={{ $json.nested }}',
	'={{ $json.nested.deep }}',
	'={{ $json.ref.length }}',
	'={{ $json.ref }} ',
	'= {{ $json.ref }}',
	'={{ $json.ref }}{{ $json.ref }}',
	'={{ $json.ref + "!" }}',
	'=A-{{ $json.ref }}',
	'{{ $json.ref }}',
	'plain',
];

const items = [
	{ ref: 'A-1', 'two words': 'yes', Имя: 'Иван', _x1: 'x', nested: { deep: 1 } },
	{ ref: 131, 'two words': 0, Имя: '', _x1: false, nested: [1, 2] },
	{ ref: '=not an expression', 'two words': '{{ $json.ref }}', Имя: null, _x1: 1.5, nested: null },
	{ ref: true, 'it"s': 'quoted', nested: 'text' },
].map((json) => ({ json }));

test.each(expressions)('%s', async (reference) => {
	const built = (module: string) => hostRequire(`./dist/nodes/Bank131/${module}.js`) as Parameters;
	const { ItemParameters } = built('parameters');
	const { SharedParameters } = built('sharedParameters');
	const node = makeExecuteContext({
		loader: await loadPackage(),
		nodeName: 'bank131',
		parameters: { resource: 'payout', operation: 'send', reference },
		items,
	}) as unknown as IExecuteFunctions;
	const shared = new SharedParameters(node, false);
	for (const itemIndex of items.keys()) {
		const attempt = (read: () => unknown) => {
			try {
				return read();
			} catch (error) {
				return `throws ${(error as Error).message}`;
			}
		};
		const ours = attempt(() => new ItemParameters(node, itemIndex, shared).raw('reference'));
		expect(ours).toEqual(attempt(() => node.getNodeParameter('reference', itemIndex, null)));
	}
});
