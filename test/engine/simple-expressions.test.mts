/** Simple expressions (columns and text) are evaluated without n8n. The result equals that of n8n's own evaluator. */
import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';

import { hostRequire, loadPackage, makeExecuteContext } from '../support/engine.mts';

interface Parameters {
	BatchParameters: new (node: IExecuteFunctions, live: boolean) => object;
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
	'={{ $json.ref }} {{ $json["two words"] }}',
	'=\n{{ $json.ref }}',
	'=Счёт "{{ $json.ref }}", `{{ $json._x1 }}`\n\u2028👩‍💻',
	'=A-{{ $json.missing }}',
	'=A-{{ $json.nested }}',
	'=A-{{ $json.ref.length }}',
	'=A-{{ $json.ref + 1 }} {{ $json.ref }}',
	'=A-{{ $json.nested.deep }}{{ $json.ref }}',
	'=\\{{ $json.ref }}',
	'=\\\\{{ $json.ref }}',
	'=\\n{{ $json.ref }}',
	'={ {{ $json.ref }} }',
	'={{{ $json.ref }}}',
	'={{ $json.ref }}}}',
	'={{ {{ $json.ref }} }}',
	'={{ $json.ref }} {{ $json.ref',
	'={{ $json.ref }}.constructor',
	'={{ $json[". constructor"] }}',
	'={{ $json["a{{b"] }} {{ $json["a}}b"] }}',
	'={{ $json["it\'s"] }}',
	'={{ $json.ref }}{{ "" }}',
	'=',
	'={{ $json.ref + "!" }}',
	'=A-{{ $json.ref }}',
	'{{ $json.ref }}',
	'plain',
];

const items = [
	{ ref: 'A-1', 'two words': 'yes', Имя: 'Иван', _x1: 'x', nested: { deep: 1 } },
	{ ref: 131, 'two words': 0, Имя: '', _x1: false, nested: [1, 2] },
	{ ref: '=not an expression', 'two words': '{{ $json.ref }}', Имя: null, _x1: 1.5, nested: null },
	{
		ref: true,
		'it"s': 'quoted',
		'. constructor': 1,
		"it's": 'also',
		nested: 'text',
		'a{{b': 1,
		'a}}b': 2,
	},
	{ ref: NaN, _x1: Infinity, 'two words': -0 },
].map((json) => ({ json }));

/** Reads a parameter of every item with the package's reader (`own`) and with n8n's. */
async function readBothWays(reference: string, rows: typeof items) {
	const built = (module: string) =>
		hostRequire(`./dist/nodes/Bank131/parameters/${module}.js`) as Parameters;
	const { ItemParameters } = built('itemParameters');
	const { BatchParameters } = built('batchParameters');
	const node = makeExecuteContext({
		loader: await loadPackage(),
		nodeName: 'bank131',
		parameters: { resource: 'payout', operation: 'send', reference },
		items: rows,
	}) as unknown as IExecuteFunctions;
	let n8nReads = 0;
	const getNodeParameter = node.getNodeParameter.bind(node) as (...args: unknown[]) => unknown;
	Object.assign(node, {
		getNodeParameter: (...args: unknown[]) => {
			n8nReads++;
			return getNodeParameter(...args);
		},
	});
	const shared = new BatchParameters(node, false);
	const attempt = (read: () => unknown) => {
		try {
			return read();
		} catch (error) {
			return `throws ${(error as Error).message}`;
		}
	};
	const each = (read: (itemIndex: number) => unknown) =>
		[...rows.keys()].map((itemIndex) => attempt(() => read(itemIndex)));
	const own = each((index) => new ItemParameters(node, index, shared).raw('reference'));
	const n8nReadsOfOwn = n8nReads;
	return { own, n8n: each((index) => getNodeParameter('reference', index, null)), n8nReadsOfOwn };
}

test.each(expressions)('%s: the same value as n8n for each item', async (reference) => {
	const { own, n8n } = await readBothWays(reference, items);
	expect(own).toEqual(n8n);
});

test.each(['={{ $json.ref }}', '=Order {{ $json.ref }}', '={{ $json.ref }} {{ $json._x1 }}'])(
	'%s: evaluated without n8n if the columns are text, numbers or booleans',
	async (reference) => {
		expect((await readBothWays(reference, items.slice(0, 2))).n8nReadsOfOwn).toBe(0);
		const missing = [{ json: { nothing: 1 } }] as unknown as typeof items;
		expect((await readBothWays(reference, missing)).n8nReadsOfOwn).toBe(1);
	},
);

test('500 random parameters of text and columns: the same values as n8n', async () => {
	const letters = fc.constantFrom(...'Aя1 -_.,;:=$\'"`/\\{}()[]\n\t\r\u2028\u00a0👩');
	const text = fc.array(letters, { maxLength: 6 }).map((list) => list.join(''));
	const code = fc.constantFrom(
		'{{ $json.a }}',
		'{{$json.b}}',
		'{{ $json["c d"] }}',
		"{{ $json['a'] }}",
		'{{ $json.e }}',
		'{{ $json.a + 1 }}',
	);
	const value = fc.oneof(
		fc.string({ unit: 'grapheme' }),
		text,
		fc.integer(),
		fc.double(),
		fc.boolean(),
		fc.constantFrom(null, [], { a: 1 }, '', 0, -0, 1e21, 1e-7, '{{ $json.b }}', '=1'),
	);
	const row = fc.record({ a: value, b: value, 'c d': value, e: value }, { requiredKeys: [] });
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.oneof(text, code), { minLength: 1, maxLength: 5 }),
			fc.array(row, { minLength: 1, maxLength: 4 }),
			async (parts, rows) => {
				const json = rows.map((one) => ({ json: one })) as unknown as typeof items;
				const { own, n8n } = await readBothWays(`=${parts.join('')}`, json);
				expect(own).toEqual(n8n);
			},
		),
		{ numRuns: 500 },
	);
});
