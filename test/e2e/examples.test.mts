import { Editor } from '../../playground/browser/editor.mts';
import { runServerDemo } from '../../playground/demo/serverDemo.mts';
import { exampleFiles, importCombined } from '../../playground/workflows/importComplete.mts';
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { readExample } from '../../playground/workflows/importExample.mts';
import { lackingNodes } from '../../playground/workflows/lackingNodes.mts';
import { selectRelease } from '../../playground/install/versions.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);

describe('the example workflows', () => {
	let playground: Playground;
	/** The versions of each node type in this n8n. */
	const known = new Map<string, number[]>();
	/** How many nodes of a type n8n's editor imports; it leaves out the others and says nothing. */
	const limits = new Map<string, number>();

	beforeAll(async () => {
		playground = await openPlayground({ log });
		const path = '/types/nodes.json';
		const types = await playground.rest.request<
			Array<{ name: string; version: number | number[]; maxNodes?: number }>
		>('GET', path);
		for (const { name, version, maxNodes } of types) {
			known.set(name, [...(known.get(name) ?? []), ...[version].flat()]);
			if (maxNodes !== undefined) limits.set(name, maxNodes);
		}
	});

	afterAll(async () => await playground?.close());

	test('payout and confirming workflow: their reports match the ledger', async () => {
		const { violations } = await runServerDemo(playground, log, () => {});
		expect(violations).toEqual([]);
	});

	test.each(exampleFiles())(
		'%s: this n8n has its nodes, or the list says what it lacks',
		(file) => {
			const { nodes } = readExample(file);
			const missing = nodes.filter(
				({ type, typeVersion }) => !known.get(type)?.includes(typeVersion as number),
			);
			const { minorVersion } = selectRelease();
			const unlisted = missing.filter((node) => lackingNodes(minorVersion, [node]).length === 0);
			expect(unlisted.map(({ type, typeVersion }) => `${type} ${String(typeVersion)}`)).toEqual([]);
			const listed = nodes.filter((node) => lackingNodes(minorVersion, [node]).length > 0);
			expect(listed.filter((node) => !missing.includes(node))).toEqual([]);
		},
	);

	test.each(exampleFiles())('%s: the editor imports all of its nodes', (file) => {
		expect(limits.get('n8n-nodes-base.manualTrigger')).toBe(1);
		const types = readExample(file).nodes.map(({ type }) => type);
		const left = types.filter((type, index) => {
			const before = types.slice(0, index).filter((other) => other === type).length;
			return before >= (limits.get(type) ?? Infinity);
		});
		expect(left).toEqual([]);
	});

	test('all examples in one workflow: the editor shows no warning', async () => {
		const alone = exampleFiles().filter((file) => !file.includes('/'));
		const { id, nodes } = await importCombined(playground, alone);
		const editor = await Editor.open(playground.rest, log);
		try {
			await editor.openWorkflow(id);
			await editor.fitCanvas();
			const drawn = editor.page.locator('[data-test-id="canvas-node"], [data-test-id="sticky"]');
			expect(await drawn.count()).toBe(nodes.length);
			// Red triangles and notifications.
			const marked = await editor.page.evaluate<string[]>(
				`[...document.querySelectorAll('[data-test-id="node-issues"]')]
					.map((mark) => mark.closest('[data-node-name]').dataset.nodeName)`,
			);
			expect(marked).toEqual([]);
			expect(await editor.page.locator('.el-notification').allInnerTexts()).toEqual([]);
		} finally {
			await editor.close();
		}
	});
});
