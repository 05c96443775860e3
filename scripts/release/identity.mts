/**
 * Who publishes the package and from which repository. `package.json` is the one place that holds it: `author.name`,
 * `author.email` and `repository.url`. Every other copy is checked against it, and `npm run release -- --fill` writes
 * it.
 */

import type { TextFile } from './textFiles.mts';

export interface Manifest {
	name: string;
	version: string;
	license?: string;
	homepage?: string;
	author?: { name?: string; email?: string };
	repository?: { url?: string };
	dependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[]; strict?: boolean };
}

/**
 * What this repository was begun with. Nobody has registered any of it for this project. A maintainer who means one of
 * these values removes its line.
 */
const PLACEHOLDERS = {
	'author.name': 'n8n-nodes-bank131 maintainers',
	'author.email': /@(.+\.)?(example|invalid|test|localhost|example\.(com|net|org))$/, // RFC 2606: belongs to nobody
	'repository.url': /github\.com\/n8n-nodes-bank131\//,
};

const ADVICE: Record<keyof typeof PLACEHOLDERS, string> = {
	'author.name': 'the name on the npm account that owns the package',
	'author.email': 'the mail address of that account',
	'repository.url': 'the organisation and the public repository on GitHub',
};

function valueOf({ author, repository }: Manifest, field: keyof typeof PLACEHOLDERS): string {
	if (field === 'repository.url') return repository?.url ?? '';
	return (field === 'author.name' ? author?.name : author?.email) ?? '';
}

/** A line for every field that still has its placeholder, or nothing. */
export function placeholdersIn(manifest: Manifest): string[] {
	return (Object.keys(PLACEHOLDERS) as Array<keyof typeof PLACEHOLDERS>).flatMap((field) => {
		const value = valueOf(manifest, field);
		const placeholder = PLACEHOLDERS[field];
		const isLeft =
			typeof placeholder === 'string' ? value === placeholder : placeholder.test(value);
		if (value !== '' && !isLeft) return [];
		return [`${field}: ${value === '' ? '(nothing)' : value}; enter ${ADVICE[field]}`];
	});
}

/** `organisation/repository` on GitHub; undefined if the address has another form than `npm init` gives it. */
export function repositoryOf({ repository }: Manifest): string | undefined {
	return /^git\+https:\/\/github\.com\/([\w.-]+\/[\w.-]+?)\.git$/.exec(repository?.url ?? '')?.[1];
}

/** The text with the repository and, in LICENSE, the author of `manifest`. */
export function filledIn({ path, text }: TextFile, manifest: Manifest): string {
	const repository = repositoryOf(manifest);
	if (repository === undefined) return text;
	const addresses = new RegExp(`(?<=github\\.com/)[\\w.-]+/${manifest.name}\\b`, 'g');
	const withRepository = text.replace(addresses, repository);
	if (path !== 'LICENSE') return withRepository;
	return withRepository.replace(/(?<=^Copyright \(c\) [\d–-]+ ).+$/m, manifest.author?.name ?? '');
}

/** The files that name another repository or author than `manifest`. */
export function otherIdentities(files: TextFile[], manifest: Manifest): string[] {
	return files.filter((file) => filledIn(file, manifest) !== file.text).map(({ path }) => path);
}
