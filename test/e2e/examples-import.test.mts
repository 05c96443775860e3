import { Editor } from '../../playground/browser.mts';
import { exampleFiles, importComplete } from '../../playground/examples.mts';
import { openPlayground, type Playground } from '../../playground/playground.mts';
import { readExample } from '../../playground/workflows.mts';
import { inNewest } from './support/newest.mts';

const say = (text: string) => process.stderr.write(`${text}\n`);

const files = exampleFiles();

let playground: Playground;
let editor: Editor | undefined;
/** The versions of each node that this n8n knows. */
let known: Map<string, number[]>;

beforeAll(async () => {
	playground = await openPlayground({ say });
	const types = await playground.rest.request<Array<{ name: string; version: number | number[] }>>(
		'GET',
		'/types/nodes.json',
	);
	known = new Map(types.map(({ name }) => [name, []]));
	for (const { name, version } of types) known.get(name)?.push(...[version].flat());
});

afterAll(async () => {
	await editor?.close();
	await playground?.close();
});

test.each(files)('examples/%s needs nothing that this n8n does not have', async (file) => {
	const { nodes } = await readExample(file);
	const missing = nodes.filter(
		({ type, typeVersion }) => !known.get(type)?.includes(typeVersion as number),
	);
	expect(missing.map(({ type, typeVersion }) => `${type} ${String(typeVersion)}`)).toEqual([]);
});

inNewest.each(files)('examples/%s opens without a warning', async (file) => {
	const { id, nodes } = await importComplete(playground, file);
	editor ??= await Editor.open(playground.rest, say);
	await editor.openWorkflow(id);
	const onCanvas = editor.page.locator('[data-test-id="canvas-node"], [data-test-id="sticky"]');
	expect(await onCanvas.count()).toBeGreaterThanOrEqual(nodes.length);
	// A red triangle, or a message in the corner.
	expect(await editor.page.getByTestId('node-issues').count()).toBe(0);
	expect(await editor.page.locator('.el-notification').allInnerTexts()).toEqual([]);
});
