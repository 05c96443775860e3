import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installOnce } from '../install/cache.mts';
import type { Say } from '../lib/progress.mts';
import { browserRecipe } from '../install/versions.mts';
import type { Browser, Playwright } from './playwright.mts';

const usualPlaces = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser that is installed on this machine: the playground downloads none. */
export function findChromium(): string | undefined {
	return [process.env.CHROMIUM ?? '', ...usualPlaces].find((place) => place && existsSync(place));
}

export async function launchBrowser(say: Say): Promise<Browser> {
	const executablePath = findChromium();
	if (executablePath === undefined) {
		throw new Error(
			'No Chromium or Chrome was found. Install one (Debian: apt-get install chromium) or set CHROMIUM to its path.',
		);
	}
	const folder = await installOnce(browserRecipe, say);
	const playwright = createRequire(join(folder, 'package.json'))('playwright-core') as Playwright;
	playwright.selectors.setTestIdAttribute('data-test-id'); // n8n's spelling
	return await playwright.chromium.launch({
		executablePath,
		headless: true,
		args: [
			'--no-sandbox', // refuses to start as root otherwise
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--hide-scrollbars',
		],
	});
}
