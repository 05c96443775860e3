/** The READMEs say what the package does, and both say the same. */
import { posix } from 'node:path';

import { payoutMethods } from '../../nodes/Bank131/payoutMethods/index.ts';
import { resources } from '../../nodes/Bank131/registry.ts';
import { properties as triggerFields } from '../../nodes/Bank131Trigger/properties.ts';
import { filesBelow, found, read, rowsOf, tableOf, withoutCode } from '../support/pages.mts';

const README = 'README.md';
/** npm publishes any README of the root: the Russian one would be a tenth of the package. */
const readmes = [README, 'docs/README.ru.md'];

/** The text with its links as the root would have them. */
const readme = (file: string): string =>
	read(file).replace(/\]\((?!https?:|#)([^)\s]+)\)/g, (_, link: string) => {
		return `](${posix.join(posix.dirname(file), link)})`;
	});

/** From a heading to the next one. Both READMEs have the same headings in the same order. */
function section(file: string, english: string): string {
	const parts = (one: string) => withoutCode(readme(one)).split(/^(?=#{2,3} )/m);
	const number = parts(README).findIndex((part) => part.replace(/^#+ /, '').startsWith(english));
	if (number < 0) throw new Error(`no section "${english}"`);
	return parts(file)[number];
}

const firstColumn = (text: string) => tableOf(text).map(([first]) => first);

describe.each(readmes)('%s and the package', (file) => {
	test('it counts and lists every operation', () => {
		const operations = resources.flatMap((one) =>
			one.operations.map(({ name }) => `${one.name}: ${name}`),
		);
		let resource = '';
		const listed = tableOf(section(file, 'Operations')).flatMap(([first, names]) => {
			resource = first || resource;
			const each = names.replaceAll('*', '').split(', ');
			return each.map((name) => `${resource}: ${name}`);
		});
		expect(listed.sort()).toEqual(operations.sort());
		const counts = /\b(\d+) (?:resources|ресурсов)\D+(\d+) (?:operations|операций)/.exec(
			read(file),
		);
		expect(counts?.slice(1).map(Number)).toEqual([resources.length, operations.length]);
	});

	test('it lists every payout method as the form and an expression call it', () => {
		const text = section(file, 'Payout methods');
		for (const { name, value } of payoutMethods) expect(text).toContain(`${name} (\`${value}\`)`);
	});

	test('it lists every field of the credential', () => {
		const source = read('credentials/Bank131Api.credentials.ts');
		const labels = found(source, /^\t{3}displayName: '(.+)',$/gm);
		expect(firstColumn(section(file, '3. Fill in'))).toEqual(labels);
	});

	test('it names the events and options of the trigger', () => {
		const text = section(file, 'Trigger').replace(/\s+/g, ' ');
		const [, events, { options = [] }] = triggerFields;
		const names = (events.options ?? []).map(({ name }) => name);
		const labels = options.map((one) => ('displayName' in one ? one.displayName : one.name));
		expect([...names, ...labels].filter((name) => !text.includes(name))).toEqual([]);
	});

	test('it explains every outcome', () => {
		const [, type] = /type Outcome =([^;]+);/.exec(read('bank131/session/session.ts')) ?? [];
		const outcomes = found(type, /'(\w+)'/g).map((outcome) => `\`${outcome}\``);
		expect(firstColumn(section(file, 'Outcomes')).sort()).toEqual(outcomes.sort());
	});

	test('it lists every example', () => {
		const listed = found(section(file, 'Examples'), /^\| \[.+?\]\((.+?)\)/gm);
		expect(listed.sort()).toEqual(filesBelow('examples', '.json').sort());
	});
});

test('messages and codes of Troubleshooting are those of the package', () => {
	const source = ['bank131', 'nodes', 'credentials']
		.flatMap((folder) => filesBelow(folder, '.ts'))
		.map(read)
		.join('\n')
		.replace(/^\s*(\/\/|\/?\*).*$/gm, '')
		.replaceAll("\\'", "'");
	/** Put together from two texts at most, such as a label and what is wrong with the field. */
	const isSaid = (part: string) =>
		source.includes(part) ||
		[...part.matchAll(/ /g)].some(
			({ index }) =>
				source.includes(part.slice(0, index)) && source.includes(part.slice(index + 1)),
		);
	const ofN8n = /^(Unrecognized node|Workflow did not finish|Node crashed|This execution failed)/;
	const messages = firstColumn(section(README, 'Troubleshooting'))
		.flatMap((cell) => found(cell, /`([^`]+)`/g))
		.filter((message) => !ofN8n.test(message));
	// At dots, quotes, numbers and brackets stands what a message takes from the case.
	const parts = messages
		.flatMap((message) => message.split(/…|"[^"]*"|\d[\d.,]*|[()]/))
		.map((part) => part.replace(/^[:\s]+|[:\s]+$/g, ''))
		.filter((part) => part !== '');
	expect(parts.length).toBeGreaterThan(40);
	expect(parts.filter((part) => !isSaid(part))).toEqual([]);
});

describe.each([readmes, ['examples/README.md', 'examples/README.ru.md']])(
	'%s and %s',
	(...both) => {
		const texts = both.map(readme);

		test.each([
			['headings', /^(#+) /gm],
			['code', /^( *```[^]*?^ *```)$/gm],
			['pictures', /!\[.*?\]\((.+?)\)/g],
			['items and steps', /^(-|\d+\.) /gm],
		])('have the same %s, in the same order', (_what, pattern) => {
			const [english, russian] = texts.map((text) => found(text, pattern));
			expect(russian).toEqual(english);
		});

		test('have tables of the same size', () => {
			const [english, russian] = texts.map((text) => rowsOf(text).map(({ length }) => length));
			expect(russian).toEqual(english);
		});

		test('link to the same files, and quote the same', () => {
			const [english, russian] = texts.map((text) => {
				const files = found(text, /\]\(([^)#\s]+)/g);
				// What the reader puts in is translated: <file>, 'node name'.
				const quotes = found(withoutCode(text), /`([^`\n]+)`/g).map((one) =>
					one.replace(/<.+?>|'.+?'/g, '…'),
				);
				const all = [...files, ...quotes].filter((one) => !one.includes('README'));
				return [...new Set(all)].sort();
			});
			expect(russian).toEqual(english);
		});
	},
);
