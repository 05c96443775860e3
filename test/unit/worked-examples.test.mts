/** The worked examples of docs/contributing can be applied to the code as it is. */
import { exists, found, pages, read } from '../support/pages.mts';

interface Block {
	page: string;
	file: string;
	language: string;
	lines: string[];
}

/** The code blocks of the steps of a page. The file is named in the heading of the step or in a line above the block. */
function blocksOf(page: string): Block[] {
	const pattern = /^(?:### \d+\. .*`([\w./-]+)`.*|`([\w./-]+)`:|```(\w+)\n([^]*?)^```)$/gm;
	const blocks: Block[] = [];
	let file = '';
	for (const [, inHeading, above, language, code] of read(page).matchAll(pattern)) {
		file = inHeading ?? above ?? file;
		if (language !== undefined && file !== '')
			blocks.push({ page, file, language, lines: code.trimEnd().split('\n') });
	}
	return blocks;
}

const blocks = pages.filter((page) => page.startsWith('docs/contributing/')).flatMap(blocksOf);
const changes = blocks.filter(({ language }) => language === 'diff');

/** The lines that a part of a change expects in the file, one after the other. */
const expectedLines = ({ lines }: Block): string[] =>
	lines
		.filter((line) => !line.startsWith('+'))
		.map((line) => (line.startsWith('@@') ? '@@' : line.slice(1)))
		.join('\n')
		.split('\n@@\n');

test('the pages have changes to files', () => {
	expect(changes.length).toBeGreaterThan(10);
});

test.each(changes.map((change) => [change.page, change.file, change] as const))(
	'%s: the lines that the change of %s expects are in the file, once',
	(_page, file, change) => {
		const text = `\n${read(file)}`;
		const counts = expectedLines(change).map((lines) => text.split(`\n${lines}\n`).length - 1);
		expect(counts).toEqual(counts.map(() => 1));
	},
);

test('files that a page creates do not exist', () => {
	const created = pages
		.filter((page) => page.startsWith('docs/contributing/'))
		.flatMap((page) => found(read(page), /^### \d+\. .*`([\w./-]+)` \(new\)$/gm));
	expect(created.filter(exists)).toEqual([]);
	expect(created.length).toBeGreaterThan(2);
});
