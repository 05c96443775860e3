import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchBrowser } from '../browser/chromium.mts';
import type { Page } from '../browser/playwright.mts';
import type { ProgressLog } from '../lib/progress.mts';
import type { Playground } from '../host/playground.mts';
import { importExample } from '../workflows/importExample.mts';

/** Each page is half of a screenshot: a window of 540 × 675 px, scaled by 4/3. */
const pageOptions = {
	viewport: { width: 540, height: 675 },
	deviceScaleFactor: 4 / 3,
	locale: 'en-GB',
};

/**
 * Shows on `page` the recipient's page of `examples/widget-card-payout.json` before and after the payout, side by
 * side.
 */
export async function showCardWidget(
	playground: Playground,
	page: Page,
	log: ProgressLog,
): Promise<void> {
	const { rest, sandbox, server, filesFolder } = playground;
	const workflow = await importExample(playground, 'widget-card-payout.json', {
		settings: { widgetHost: `${sandbox.url}/widget` },
	});
	await rest.activate(workflow);
	await sleep(1500);
	const browser = await launchBrowser(log);
	try {
		const userPage = await (await browser.newContext(pageOptions)).newPage();
		await userPage.goto(`${server.baseUrl}/webhook/bank131-card?order=k7Qm2xV9tR4wZp6s`);
		await userPage.locator('#bank131-card-tokenizer input').fill('4242424242424242');
		const screenshots = ['entered', 'paid'].map((name) => join(filesFolder, `${name}.png`));
		await userPage.screenshot({ path: screenshots[0] });
		await userPage.getByRole('button', { name: 'Continue' }).click();
		await userPage.locator('#result.good').waitFor();
		await userPage.screenshot({ path: screenshots[1] });
		await page.goto(`data:text/html,${encodeURIComponent(await sideBySideHtml(screenshots))}`);
	} finally {
		await browser.close();
	}
}

async function sideBySideHtml(screenshots: string[]): Promise<string> {
	const images = await Promise.all(
		screenshots.map(async (path) => {
			const source = `data:image/png;base64,${await readFile(path, 'base64')}`;
			return `<img src="${source}" style="width:50vw;float:left">`;
		}),
	);
	return `<body style="margin:0">${images.join('')}</body>`;
}
