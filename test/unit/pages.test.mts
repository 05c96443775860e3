/** What the pages link to and name is there. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { found, read, root, withoutCode } from '../support/pages.mts';

const pages = ['.', 'docs', 'examples', 'playground', 'sandbox'].flatMap((folder) =>
	readdirSync(path.join(root, folder))
		.filter((name) => name.endsWith('.md'))
		.map((name) => path.join(folder, name)),
);

const isThere = (file: string) => existsSync(path.join(root, file));

/** As GitHub makes anchors of headings. */
const anchorsOf = (file: string) =>
	found(withoutCode(read(file)), /^#+ (.+)$/gm).map((heading) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}_ -]/gu, '')
			.replaceAll(' ', '-'),
	);

describe.each(pages)('%s', (page) => {
	const text = read(page);
	const beside = (file: string) => path.join(path.dirname(page), file);

	test('links to files and headings that are there', () => {
		const broken = found(text, /\]\(([^)\s]+)\)/g).filter((target) => {
			if (/^https?:/.test(target)) return false;
			const [file, anchor] = target.split('#');
			const at = file === '' ? page : beside(file);
			return !isThere(at) || (anchor !== undefined && !anchorsOf(at).includes(anchor));
		});
		expect(broken).toEqual([]);
	});

	test('names commands that are there', () => {
		const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
		expect(found(text, /npm run ([\w:]+)/g).filter((name) => !(name in scripts))).toEqual([]);
	});

	test('names files that are there', () => {
		// What CONTRIBUTING.md shows how to add is not.
		const [known] = text.split('\n## Worked examples');
		const files = found(known, /`([\w-][\w./-]*\/[\w.-]+\.(?:[cm]?[jt]s|json|md|csv|yml))`/g);
		expect(files.filter((file) => !isThere(file) && !isThere(beside(file)))).toEqual([]);
	});

	test('names what stands in a file', () => {
		const places = [...text.matchAll(/`(\w+)` (?:in|of) `([\w./]+\.m?ts)`/g)];
		const gone = places.filter(([, name, file]) => !read(file).includes(name));
		expect(gone.map(([place]) => place)).toEqual([]);
	});
});
