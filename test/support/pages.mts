/** The documentation, read as text. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(__dirname, '../..');

export const exists = (file: string): boolean => existsSync(path.join(root, file));

export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Relative to the root; also those in folders below. */
export const filesBelow = (folder: string, ending: string): string[] =>
	readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(ending))
		.map((name) => path.join(folder, name));

/** Every Markdown page of the repository, relative to the root. */
export const pages = [
	...readdirSync(root).filter((name) => name.endsWith('.md')),
	...['docs', 'examples', 'playground', 'sandbox'].flatMap((folder) => filesBelow(folder, '.md')),
].sort();

/** Where the Russian page of an English one is. npm publishes every README of the root, so that one is in docs/. */
export const russianOf = (page: string): string =>
	page === 'README.md' ? 'docs/README.ru.md' : page.replace(/\.md$/, '.ru.md');

/** The English pages that have a Russian one. */
export const translated = pages.filter((page) => exists(russianOf(page)));

/** The first group of the pattern, at every place where it matches. */
export const matches = (text: string, pattern: RegExp): string[] =>
	[...text.matchAll(pattern)].map(([, one]) => one);

export const withoutCode = (text: string): string => text.replace(/^ *```[^]*?^ *```$/gm, '');

export interface Link {
	/** As it is written. */
	target: string;
	/** Relative to the root. */
	file: string;
	anchor?: string;
}

/** Links and pictures of a page that lead to files of the repository. */
export const linksOf = (page: string): Link[] =>
	matches(read(page), /\]\(([^)\s]+)\)/g)
		.filter((target) => !/^https?:/.test(target))
		.map((target) => {
			const [file, anchor] = target.split('#');
			return { target, file: file === '' ? page : path.join(path.dirname(page), file), anchor };
		});

/** The anchors that GitHub makes from the headings of a page, in their order. */
export const anchorsOf = (page: string): string[] =>
	matches(withoutCode(read(page)), /^#+ (.+)$/gm).map((heading) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}_ -]/gu, '')
			.replaceAll(' ', '-'),
	);

/** All rows of all tables of a text, their heads too. */
export const rowsOf = (text: string): string[][] =>
	text
		.split('\n')
		.filter((line) => line.startsWith('|') && !/^\|[-|]+$/.test(line))
		.map((line) => line.split('|').map((cell) => cell.trim()))
		.map((cells) => cells.slice(1, -1));

/** The rows of a text's only table, without its head. */
export const tableOf = (text: string): string[][] => rowsOf(text).slice(1);
