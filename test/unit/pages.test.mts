/** The pages can be read, and the links and names in them exist. */
import path from 'node:path';

import {
	anchorsOf,
	exists,
	filesBelow,
	matches,
	linksOf,
	pages,
	read,
	russianOf,
	withoutCode,
} from '../support/pages.mts';

/** Pages for developers; the other pages are for readers. */
const forDevelopers = /^(CONTRIBUTING|docs\/contributing|playground|sandbox)/;
const forReaders = pages.filter((page) => !forDevelopers.test(page));

describe.each(pages)('%s', (page) => {
	const text = read(page);

	test('every relative link leads to an existing file, and every anchor to a heading of it', () => {
		const broken = linksOf(page).filter(
			({ file, anchor }) =>
				!exists(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor)),
		);
		expect(broken.map(({ target }) => target)).toEqual([]);
	});

	test('every npm command is a script of package.json', () => {
		const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
		expect(matches(text, /npm run ([\w:]+)/g).filter((name) => !(name in scripts))).toEqual([]);
	});

	test('every file named in code marks exists', () => {
		const files = matches(text, /`([\w-][\w./-]*\/[\w.-]+\.(?:[cm]?[jt]s|json|md|csv|yml))`/g);
		const beside = (file: string) => page.replace(/[^/]*$/, file);
		const missing = files.filter((file) => !exists(file) && !exists(beside(file)));
		// The worked examples create files, in folders that exist.
		const isCreated = (file: string) =>
			page.startsWith('docs/contributing/') && exists(path.dirname(file));
		expect(missing.filter((file) => !isCreated(file))).toEqual([]);
	});

	test('every name that is said to be in a source file is in it', () => {
		const places = [...text.matchAll(/`(\w+)` (?:in|of)\s+`([\w./]+\.m?ts)`/g)];
		const gone = places.filter(([, name, file]) => !read(file).includes(name));
		expect(gone.map(([match]) => match)).toEqual([]);
	});
});

/** Pages with the line length of the pages for readers. */
const withShortLines = pages.filter((page) => !/^(playground|sandbox)/.test(page));

test.each(withShortLines)(
	'%s: no line above 120 characters outside tables, links and code',
	(page) => {
		const prose = withoutCode(read(page))
			// The lines between these marks are written by `npm run bench`.
			.replace(/<!-- bench:(\w+):start -->[^]*?<!-- bench:\1:end -->/g, '')
			.replace(/\]\([^)\s]+\)/g, ']()');
		const long = prose.split('\n').filter((line) => !line.startsWith('|') && line.length > 120);
		expect(long).toEqual([]);
	},
);

test.each(['README.md', russianOf('README.md')])('%s has at most 220 lines', (page) => {
	expect(read(page).trimEnd().split('\n').length).toBeLessThanOrEqual(220);
});

test.each(['README.md', russianOf('README.md')])('from %s every page can be reached', (start) => {
	const reached = new Set([start]);
	for (const page of reached) {
		for (const { file } of linksOf(page)) if (file.endsWith('.md')) reached.add(file);
	}
	expect(pages.filter((page) => !reached.has(page))).toEqual([]);
});

test('from README.md every page for readers in English is one link away', () => {
	const linked = new Set(linksOf('README.md').map(({ file }) => file));
	const english = forReaders.filter((page) => page !== 'README.md' && !page.endsWith('.ru.md'));
	expect(english.filter((page) => !linked.has(page))).toEqual([]);
});

test('every picture of docs/images is shown on a page', () => {
	const shown = new Set(pages.flatMap(linksOf).map(({ file }) => file));
	expect(filesBelow('docs/images', '.png').filter((file) => !shown.has(file))).toEqual([]);
});
