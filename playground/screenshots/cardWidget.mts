import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchBrowser } from '../browser/chromium.mts';
import type { Page } from '../browser/playwright.mts';
import type { Say } from '../lib/progress.mts';
import type { Playground } from '../host/playground.mts';
import { importExample } from '../workflows/importExample.mts';

/** Half of a picture each: a window of 540 × 675, enlarged by a third. */
const half = { viewport: { width: 540, height: 675 }, deviceScaleFactor: 4 / 3, locale: 'en-GB' };

/** What a person sees of `examples/widget-card-payout.json`, before and after: both beside each other on `page`. */
export async function showCardWidget(playground: Playground, page: Page, say: Say): Promise<void> {
	const { rest, sandbox, server, files } = playground;
	const workflow = await importExample(playground, 'widget-card-payout.json', {
		settings: { widgetHost: `${sandbox.url}/widget` },
	});
	await rest.activate(workflow);
	await sleep(1500);
	const browser = await launchBrowser(say);
	try {
		const person = await (await browser.newContext(half)).newPage();
		await person.goto(`${server.base}/webhook/bank131-card?order=k7Qm2xV9tR4wZp6s`);
		await person.locator('#bank131-card-tokenizer input').fill('4242424242424242');
		const pictures = ['entered', 'paid'].map((name) => join(files, `${name}.png`));
		await person.screenshot({ path: pictures[0] });
		await person.getByRole('button', { name: 'Continue' }).click();
		await person.locator('#result.good').waitFor();
		await person.screenshot({ path: pictures[1] });
		await page.goto(`data:text/html,${encodeURIComponent(await beside(pictures))}`);
	} finally {
		await browser.close();
	}
}

async function beside(pictures: string[]): Promise<string> {
	const images = await Promise.all(
		pictures.map(async (path) => {
			const source = `data:image/png;base64,${await readFile(path, 'base64')}`;
			return `<img src="${source}" style="width:50vw;float:left">`;
		}),
	);
	return `<body style="margin:0">${images.join('')}</body>`;
}
