import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Editor } from '../browser/editor.mts';
import type { Say } from '../lib/progress.mts';
import type { Playground } from '../host/playground.mts';
import { album } from './screenshotList.mts';

export interface Made {
	/** File names without `.png`. */
	made: string[];
	/** What went wrong with the others, in words. One picture that cannot be made does not cost the others. */
	failures: string[];
}

/** Takes the pictures of the documentation in the real editor. */
export async function makePictures(
	playground: Playground,
	say: Say,
	folder: string,
	isWanted: (name: string) => boolean = () => true,
): Promise<Made> {
	const pictures = (await album(playground, say)).filter(({ name }) => isWanted(name));
	const editor = await Editor.open(playground.rest, say);
	const [made, failures]: string[][] = [[], []];
	try {
		for (const { name, show } of pictures) {
			const { page } = editor;
			try {
				const clip = (await show(editor)) ?? undefined;
				await page.screenshot({ path: join(folder, `${name}.png`), clip });
				made.push(name);
				say(`${name}.png`);
			} catch (error) {
				const path = join(tmpdir(), `bank131-${name}.png`);
				await page.screenshot({ path });
				failures.push(`${name}.png: ${(error as Error).message} (what was there: ${path})`);
			}
		}
	} finally {
		await editor.close();
	}
	return { made, failures };
}
