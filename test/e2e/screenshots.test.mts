import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import { takeScreenshots } from '../../playground/screenshots/takeScreenshots.mts';

const log = (text: string) => process.stderr.write(`${text}\n`);
const root = join(import.meta.dirname, '..', '..');

let playground: Playground;
let folder: string;

beforeAll(async () => {
	playground = await openPlayground({ log });
	folder = await mkdtemp(join(tmpdir(), 'bank131-screenshots-'));
});

afterAll(async () => {
	await playground?.close();
	if (folder) await rm(folder, { recursive: true });
});

const pages = ['README.md', 'examples/README.md', 'examples/README.ru.md'];

/** Names of the screenshots that the documentation shows. */
async function shown(): Promise<string[]> {
	const docs = (await readdir(join(root, 'docs'), { recursive: true })).filter((name) =>
		name.endsWith('.md'),
	);
	const texts = await Promise.all(
		[...pages, ...docs.map((name) => `docs/${name}`)].map(
			async (page) => await readFile(join(root, page), 'utf8'),
		),
	);
	const links = texts.flatMap((text) => [...text.matchAll(/images\/([\w-]+)\.png/g)]);
	return [...new Set(links.map((link) => link[1]))].sort();
}

const stored = async () =>
	(await readdir(join(root, 'docs', 'images'))).map((name) => name.replace(/\.png$/, '')).sort();

test('every screenshot of the documentation can be taken again, and none is unused', async () => {
	const { created, failures } = await takeScreenshots(playground, log, folder);
	expect(failures).toEqual([]);
	expect(created.sort()).toEqual(await stored());
	expect(await shown()).toEqual(await stored());
});
