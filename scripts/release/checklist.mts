/**
 * What n8n asks of a package before it verifies it
 * (https://docs.n8n.io/connect/create-nodes/build-your-node/reference/verification-guidelines), as far as files show it.
 * The scanner of n8n checks the code (`scripts/scan.mts`), `provenance.mts` the way to npm.
 */
import { otherIdentities, repositoryOf, type Manifest } from './identity.mts';
import type { TextFile } from './textFiles.mts';

/** @returns one sentence for everything that is wrong */
export function checklist(manifest: Manifest, files: TextFile[]): string[] {
	const textOf = (path: string) => files.find((file) => file.path === path)?.text;
	return [
		...sourceProblems(manifest, files),
		...licenseProblems(manifest, textOf('LICENSE')),
		...readmeProblems(textOf('README.md'), files),
		...changelogProblems(manifest, textOf('CHANGELOG.md')),
		...toolProblems(manifest),
		...codexProblems(manifest, textOf),
	];
}

/** "Verify that your npm package repository URL matches the expected GitHub repository", and the author likewise. */
function sourceProblems(manifest: Manifest, files: TextFile[]): string[] {
	const repository = repositoryOf(manifest);
	if (repository === undefined)
		return [
			'package.json: repository.url is not git+https://github.com/<organisation>/<repository>.git.',
		];
	const home = `https://github.com/${repository}#readme`;
	return [
		...(manifest.homepage === home ? [] : [`package.json: homepage is not ${home}.`]),
		...otherIdentities(files, manifest).map(
			(path) =>
				`${path}: not the repository or author of package.json; run npm run release -- --fill.`,
		),
	];
}

function licenseProblems({ license, author }: Manifest, text = ''): string[] {
	return [
		...(license === 'MIT' ? [] : ['package.json: license is not MIT.']),
		...(text.startsWith('MIT License') ? [] : ['LICENSE: not the MIT licence.']),
		...(author?.name && text.includes(author.name) ? [] : ['LICENSE: does not name the author.']),
	];
}

/** "Usage instructions, example workflows, and any necessary authentication details", in English. */
function readmeProblems(text: string | undefined, files: TextFile[]): string[] {
	if (text === undefined) return ['README.md is missing.'];
	const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
	const missing = ['Installation', 'Credential', 'First payout', 'License'].filter(
		(heading) => !headings.includes(heading),
	);
	const letters = text.match(/\p{L}/gu)?.length ?? 0;
	const russian = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
	const hasExamples = files.some(({ path }) => /^examples\/.+\.json$/.test(path));
	return [
		...missing.map((heading) => `README.md: no section "${heading}".`),
		...(hasExamples && text.includes('](examples/README.md')
			? []
			: ['README.md: no link to example workflows.']),
		...(russian * 20 < letters ? [] : ['README.md: not in English.']),
		...(/\b(TODO|FIXME|lorem ipsum)\b/i.test(text) ? ['README.md: unfinished text.'] : []),
	];
}

function changelogProblems({ version }: Manifest, text = ''): string[] {
	const hasEntry = text
		.split('\n')
		.some((line) => line.startsWith('## ') && line.includes(version));
	return hasEntry ? [] : [`CHANGELOG.md: no entry for ${version}.`];
}

/** "No external dependencies" and "use the n8n-node tool". */
function toolProblems({ dependencies, devDependencies, n8n }: Manifest): string[] {
	return [
		...Object.keys(dependencies ?? {}).map((name) => `package.json: runtime dependency ${name}.`),
		...(devDependencies?.['@n8n/node-cli'] ? [] : ['package.json: @n8n/node-cli is not used.']),
		...(n8n.strict === true ? [] : ["package.json: n8n's strict rules are off."]),
	];
}

/** n8n sends packages back whose codex files name another node. */
function codexProblems(
	{ name, n8n }: Manifest,
	textOf: (path: string) => string | undefined,
): string[] {
	return n8n.nodes.flatMap((file) => {
		const path = file.replace(/^dist\//, '').replace(/\.js$/, '.json');
		const { node, categories } = JSON.parse(textOf(path) ?? '{}') as Record<string, unknown>;
		const [className] = path.split('/').at(-1)!.split('.');
		const expected = `${name}.${className[0].toLowerCase()}${className.slice(1)}`;
		return [
			...(node === expected ? [] : [`${path}: node is not ${expected}.`]),
			...(Array.isArray(categories) && categories.length > 0 ? [] : [`${path}: no categories.`]),
		];
	});
}
