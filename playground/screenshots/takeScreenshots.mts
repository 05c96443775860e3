import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Editor } from '../browser/editor.mts';
import type { ProgressLog } from '../lib/progress.mts';
import type { Playground } from '../host/playground.mts';
import { prepareScreenshots } from './screenshotList.mts';

/** Result of `takeScreenshots`. */
export interface ScreenshotResult {
	/** File names without `.png`. */
	created: string[];
	/** Error messages. A failed screenshot does not stop the others. */
	failures: string[];
}

/**
 * Takes the screenshots of the documentation in the real editor and writes them to `folder`.
 * @param isWanted selects screenshots by name; all by default
 */
export async function takeScreenshots(
	playground: Playground,
	log: ProgressLog,
	folder: string,
	isWanted: (name: string) => boolean = () => true,
): Promise<ScreenshotResult> {
	const screenshots = (await prepareScreenshots(playground, log)).filter(({ name }) =>
		isWanted(name),
	);
	const editor = await Editor.open(playground.rest, log);
	const [created, failures]: string[][] = [[], []];
	try {
		for (const { name, arrange } of screenshots) {
			const { page } = editor;
			try {
				const clip = (await arrange(editor)) ?? undefined;
				await page.screenshot({ path: join(folder, `${name}.png`), clip });
				created.push(name);
				log(`${name}.png`);
			} catch (error) {
				const path = join(tmpdir(), `bank131-${name}.png`);
				await page.screenshot({ path });
				failures.push(`${name}.png: ${(error as Error).message} (the page at that time: ${path})`);
			}
		}
	} finally {
		await editor.close();
	}
	return { created, failures };
}
