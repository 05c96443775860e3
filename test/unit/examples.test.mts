import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const files = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.json'));
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
			['payout.send', 'refund.create'].includes(`${String(resource)}.${String(operation)}`),
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
		const name = file.replace(/\.json$/, '');
		const picture = join(root, 'docs', 'images', `example-${name}.png`);
		expect(existsSync(picture)).toBe(true);
		expect(statSync(picture).size).toBeLessThan(120 * 1024);
		for (const readme of ['README.md', 'README.ru.md']) {
			expect(text('examples', readme)).toContain(`](${file})`);
			expect(text('examples', readme)).toContain(`example-${name}.png`);
		}
	});
});
