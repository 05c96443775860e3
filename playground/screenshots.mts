import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createProgressLog } from './lib/progress.mts';
import { openPlayground } from './host/playground.mts';
import { takeScreenshots } from './screenshots/takeScreenshots.mts';

/** Takes the screenshots of the documentation. Arguments after `--` select those whose name contains one of them. */
const nameParts = process.argv.slice(2);
const isWanted = (name: string) =>
	nameParts.length === 0 || nameParts.some((part) => name.includes(part));
const images = join(import.meta.dirname, '..', 'docs', 'images');
await mkdir(images, { recursive: true });

const log = createProgressLog();
const playground = await openPlayground({ log });
try {
	const { failures } = await takeScreenshots(playground, log, images, isWanted);
	for (const failure of failures) log(failure);
	process.exitCode = failures.length > 0 ? 1 : 0;
} finally {
	await playground.close();
}
