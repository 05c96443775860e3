import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { progress } from './lib/progress.mts';
import { openPlayground } from './host/playground.mts';
import { makePictures } from './screenshots/takeScreenshots.mts';

/** Makes the pictures of the documentation. Each name given after `--` makes only those that contain it. */
const wanted = process.argv.slice(2);
const isWanted = (name: string) =>
	wanted.length === 0 || wanted.some((part) => name.includes(part));
const images = join(import.meta.dirname, '..', 'docs', 'images');
await mkdir(images, { recursive: true });

const say = progress();
const playground = await openPlayground({ say });
try {
	const { failures } = await makePictures(playground, say, images, isWanted);
	for (const failure of failures) say(failure);
	process.exitCode = failures.length > 0 ? 1 : 0;
} finally {
	await playground.close();
}
