/** The documentation, read as text. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(__dirname, '../..');

export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Relative to the root; also those in folders below. */
export const filesBelow = (folder: string, ending: string): string[] =>
	readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(ending))
		.map((name) => path.join(folder, name));

/** What the first group of the pattern holds, at every place. */
export const found = (text: string, pattern: RegExp): string[] =>
	[...text.matchAll(pattern)].map(([, one]) => one);

export const withoutCode = (text: string): string => text.replace(/^ *```[^]*?^ *```$/gm, '');

/** All rows of all tables of a text, their heads too. */
export const rowsOf = (text: string): string[][] =>
	text
		.split('\n')
		.filter((line) => line.startsWith('|') && !/^\|[-|]+$/.test(line))
		.map((line) => line.split('|').map((cell) => cell.trim()))
		.map((cells) => cells.slice(1, -1));

/** The rows of a text's only table, without its head. */
export const tableOf = (text: string): string[][] => rowsOf(text).slice(1);
