import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { exampleFiles } from '../../playground/workflows/importComplete.mts';
import { readExample } from '../../playground/workflows/importExample.mts';
import { lackingNodes } from '../../playground/workflows/lackingNodes.mts';

const root = join(__dirname, '..', '..');
const files = exampleFiles();
const text = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

interface Node {
	id: string;
	name: string;
	type: string;
	position: [x: number, y: number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string }>;
	onError?: string;
	retryOnFail?: boolean;
}
type Target = { node: string };

const bankNode = 'n8n-nodes-bank131.bank131';
/** n8n's editor leaves out a second node of these types when it imports a file, and says nothing. */
const onePerWorkflow = [
	'n8n-nodes-base.manualTrigger',
	'n8n-nodes-base.executeWorkflowTrigger',
	'n8n-nodes-base.errorTrigger',
	'@n8n/n8n-nodes-langchain.chatTrigger',
	'@n8n/n8n-nodes-langchain.manualChatTrigger',
];
const isNote = ({ type }: Node) => type === 'n8n-nodes-base.stickyNote';

describe.each(files)('examples/%s', (file) => {
	const whole = text('examples', file);
	const { nodes, connections, pinData } = JSON.parse(whole) as {
		nodes: Node[];
		connections: Record<string, Record<string, Array<Target[] | null>>>;
		pinData: object;
	};
	const names = nodes.map(({ name }) => name);
	const targets = (name: string, output: number) => connections[name]?.main?.[output] ?? [];

	test('is whole: every name once, every connection between nodes that are there', () => {
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		for (const [from, kinds] of Object.entries(connections)) {
			expect(names).toContain(from);
			const all = Object.values(kinds).flat(2) as Target[];
			for (const { node } of all) expect(names).toContain(node);
		}
	});

	test('n8n imports every node, and every node that an expression names is there', () => {
		const kinds = nodes.map(({ type }) => type).filter((type) => onePerWorkflow.includes(type));
		expect(new Set(kinds).size).toBe(kinds.length);
		const named = [...whole.matchAll(/\$\('((?:[^'\\]|\\[^'])+)'\)/g)].map(([, name]) => name);
		expect(named.filter((name) => !names.includes(name))).toEqual([]);
	});

	test('no two nodes or conditions have one ID', () => {
		const ids = [...whole.matchAll(/"id":\s*"(00000131-[^"]+)"/g)].map(([, id]) => id);
		expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
	});

	test('brings no credential, no data and no address of somebody else', () => {
		const ids = nodes.flatMap(({ credentials = {} }) => Object.values(credentials));
		expect(ids.filter(({ id }) => id !== '')).toEqual([]);
		expect(pinData).toEqual({});
		const hosts = whole.match(/https?:\/\/[\w.-]+/g) ?? [];
		const foreign = hosts.filter(
			(host) => !/\/\/(127\.0\.0\.1|[\w-]+\.example\.com|widget(-demo)?\.bank131\.ru)$/.test(host),
		);
		expect(foreign).toEqual([]);
	});

	test('a note says what it does and what to change', () => {
		const notes = nodes.filter(isNote).map(({ parameters }) => String(parameters.content));
		expect(notes[0]).toMatch(/^## .+\n/);
		expect(notes.join()).toMatch(/credential/);
	});

	test('no node lies on another', () => {
		const placed = nodes.filter((node) => !isNote(node));
		const near = placed.flatMap((one, index) =>
			placed.slice(index + 1).flatMap((other) => {
				const [x, y] = [0, 1].map((axis) => Math.abs(one.position[axis] - other.position[axis]));
				return x < 150 && y < 150 ? [`${one.name} and ${other.name}`] : [];
			}),
		);
		expect(near).toEqual([]);
	});

	const moving = nodes.filter(
		({ type, parameters: { resource, operation } }) =>
			type === bankNode &&
			['payout.send', 'payout.start', 'refund.create'].includes(
				`${String(resource)}.${String(operation)}`,
			),
	);

	test('what moves money tries again, and failures go their own way', () => {
		for (const { name, onError, retryOnFail, parameters } of moving) {
			expect({ name, onError, retryOnFail }).toEqual({
				name,
				onError: 'continueErrorOutput',
				retryOnFail: true,
			});
			expect(targets(name, 0)).not.toEqual([]);
			expect(targets(name, 1)).not.toEqual([]);
			// From a record, never from the clock, the execution or chance.
			const isList = parameters.payoutMethod === 'eachRow';
			if (isList) expect(parameters.columns).toMatchObject({ mappingMode: 'autoMapInputData' });
			else expect(parameters.reference).toMatch(/\$json|\$\('/);
			expect(String(parameters.reference)).not.toMatch(/now|today|\$execution|itemIndex|random/i);
			// Somewhere behind it somebody looks at what became of the money.
			const said = whole.replace(/\\[nt]/g, ' ');
			expect(said).toMatch(/\bunknown\b/);
			expect(said).toMatch(
				parameters.resource === 'payout'
					? /\bduplicate\b|outcome !== 'succeeded'/
					: /\brefunded before\b/,
			);
		}
	});

	test('it has a picture below 120 KB, and a paragraph with that picture in English and in Russian', () => {
		const name = file.replace(/\.json$/, '').replace('/', '-');
		const picture = join(root, 'docs', 'images', `example-${name}.png`);
		expect(existsSync(picture)).toBe(true);
		expect(statSync(picture).size).toBeLessThan(120 * 1024);
		for (const readme of ['README.md', 'README.ru.md']) {
			expect(text('examples', readme)).toContain(`](${file})`);
			expect(text('examples', readme)).toContain(`example-${name}.png`);
		}
	});
});

describe('Examples on n8n 1.123', () => {
	const node = (type: string, typeVersion: number) => ({
		name: 'N',
		type,
		typeVersion,
		parameters: {},
	});
	const dataTable = 'n8n-nodes-base.dataTable';

	test.each<[string, Array<[string, number]>, string[]]>([
		['a node that it has', [['n8n-nodes-base.set', 3.4]], []],
		['an older version of a node', [[dataTable, 1]], []],
		['a version that it lacks', [[dataTable, 1.1]], ['Data Table 1.1']],
		[
			'the same twice',
			[
				[dataTable, 1.1],
				['n8n-nodes-base.set', 3.4],
				[dataTable, 1.1],
			],
			['Data Table 1.1'],
		],
	])('%s: %j lacks %j', (_name, nodes, lacking) => {
		expect(
			lackingNodes(
				'1.123',
				nodes.map(([type, version]) => node(type, version)),
			),
		).toEqual(lacking);
	});

	test('2.41 lacks nothing', () => {
		expect(exampleFiles().flatMap((file) => lackingNodes('2.41', readExample(file).nodes))).toEqual(
			[],
		);
	});

	/** What a README says about a file: from the heading above its link to the next heading. */
	const saidAbout = (file: string, readme: string) =>
		text('examples', readme)
			.split(/^(?=#{1,3} )/m)
			.filter((section) => section.includes(`](${file})`))
			.join();

	test('an example that needs more than 1.123 has says so, in its note and in both languages', () => {
		const silent = exampleFiles()
			.map((file) => ({ file, nodes: readExample(file).nodes }))
			.filter(({ nodes }) => lackingNodes('1.123', nodes).length > 0)
			.flatMap(({ file, nodes }) => {
				const note = nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote');
				const texts = {
					note: String(note?.parameters.content),
					'README.md': saidAbout(file, 'README.md'),
					'README.ru.md': saidAbout(file, 'README.ru.md'),
				};
				return Object.entries(texts)
					.filter(([, said]) => !/n8n 2\b|1\.123/.test(said))
					.map(([place]) => `${file}: ${place}`);
			});
		expect(silent).toEqual([]);
	});
});
