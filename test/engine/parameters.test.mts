/** The short way to the columns of an item must mean what n8n's own evaluator means. */
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

/** Reads a parameter of every item in both ways: ours first. */
async function bothWays(reference: string, rows: typeof items) {
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
	let asked = 0;
	const getNodeParameter = node.getNodeParameter.bind(node) as (...args: unknown[]) => unknown;
	Object.assign(node, {
		getNodeParameter: (...args: unknown[]) => {
			asked++;
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
	const ours = each((index) => new ItemParameters(node, index, shared).raw('reference'));
	const askedByOurs = asked;
	return { ours, theirs: each((index) => getNodeParameter('reference', index, null)), askedByOurs };
}

test.each(expressions)('%s', async (reference) => {
	const { ours, theirs } = await bothWays(reference, items);
	expect(ours).toEqual(theirs);
});

test.each(['={{ $json.ref }}', '=Order {{ $json.ref }}', '={{ $json.ref }} {{ $json._x1 }}'])(
	'%s is read without n8n where the columns are plain',
	async (reference) => {
		expect((await bothWays(reference, items.slice(0, 2))).askedByOurs).toBe(0);
		const missing = [{ json: { nothing: 1 } }] as unknown as typeof items;
		expect((await bothWays(reference, missing)).askedByOurs).toBe(1);
	},
);

test('whatever text and columns a parameter is made of', async () => {
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
				const { ours, theirs } = await bothWays(`=${parts.join('')}`, json);
				expect(ours).toEqual(theirs);
			},
		),
		{ numRuns: 500 },
	);
}, 120_000);
