import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installOnce } from '../install/cache.mts';
import type { ProgressLog } from '../lib/progress.mts';
import { browserInstallSpec } from '../install/versions.mts';
import type { Browser, Playwright } from './playwright.mts';

const commonPaths = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Path of the installed Chromium or Chrome, or of `CHROMIUM`; undefined if none exists. The playground downloads
 * none.
 */
export function findChromium(): string | undefined {
	return [process.env.CHROMIUM ?? '', ...commonPaths].find((file) => file && existsSync(file));
}

/**
 * Starts the installed browser, headless, with playwright-core from the cache folder.
 * @throws if no browser is installed
 */
export async function launchBrowser(log: ProgressLog): Promise<Browser> {
	const executablePath = findChromium();
	if (executablePath === undefined) {
		throw new Error(
			'No Chromium or Chrome was found. Install one (Debian: apt-get install chromium) or set CHROMIUM to its path.',
		);
	}
	const folder = await installOnce(browserInstallSpec, log);
	const playwright = createRequire(join(folder, 'package.json'))('playwright-core') as Playwright;
	playwright.selectors.setTestIdAttribute('data-test-id'); // n8n's attribute
	return await playwright.chromium.launch({
		executablePath,
		headless: true,
		args: [
			'--no-sandbox', // otherwise it does not start as root
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
