/** The pages say what the package does, and the Russian pages say the same as the English ones. */
import { isFinalOutcome } from '../../bank131/session/outcomes.ts';
import { payoutMethods } from '../../nodes/Bank131/payoutMethods/index.ts';
import { resources } from '../../nodes/Bank131/registry.ts';
import { properties as triggerFields } from '../../nodes/Bank131Trigger/properties.ts';
import {
	anchorsOf,
	filesBelow,
	matches,
	linksOf,
	pages,
	read,
	rowsOf,
	russianOf,
	tableOf,
	translated,
	withoutCode,
} from '../support/pages.mts';

/** A page in English or in Russian. */
type InLanguage = (page: string) => string;
const languages: Array<[string, InLanguage]> = [
	['English', (page) => page],
	['Russian', russianOf],
];

/** From a heading to the next one. A Russian page has the headings of the English one, in the same order. */
function section(page: string, heading: string, inLanguage: InLanguage): string {
	const partsOf = (one: string) => withoutCode(read(one)).split(/^(?=#{2,3} )/m);
	const number = partsOf(page).findIndex((part) => /^##+ (.*)/.exec(part)?.[1].startsWith(heading));
	if (number < 0) throw new Error(`${page} has no section "${heading}"`);
	return partsOf(inLanguage(page))[number];
}

const firstColumn = (text: string) => tableOf(text).map(([first]) => first);

describe.each(languages)('The %s pages against the code', (_language, inLanguage) => {
	test('README gives the numbers of resources and operations', () => {
		const counts = /\b(\d+) (?:resources|ресурсов)\D+(\d+) (?:operations|операций)/.exec(
			read(inLanguage('README.md')),
		);
		const operations = resources.flatMap((one) => one.operations);
		expect(counts?.slice(1).map(Number)).toEqual([resources.length, operations.length]);
	});

	test('README lists the fields of the credential, in the order of the form', () => {
		const source = read('credentials/Bank131Api.credentials.ts');
		const labels = matches(source, /^\t{3}displayName: '(.+)',$/gm);
		expect(firstColumn(section('README.md', '3. Fill in', inLanguage))).toEqual(labels);
	});

	test('operations.md lists every operation once, under its resource', () => {
		const operations = resources.flatMap((one) =>
			one.operations.map(({ name }) => `${one.name}: ${name}`),
		);
		let resource = '';
		const text = section('docs/reference/operations.md', 'All operations', inLanguage);
		const listed = tableOf(text).flatMap(([first, names]) => {
			resource = first || resource;
			const each = names.replaceAll('*', '').split(', ');
			return each.map((name) => `${resource}: ${name}`);
		});
		expect(listed.sort()).toEqual(operations.sort());
	});

	test('operations.md names only output fields of the resource in the same row', () => {
		const text = section('docs/reference/operations.md', 'Output', inLanguage);
		const schemas = 'nodes/Bank131/__schema__/v1.0.0';
		const wrong = tableOf(text).flatMap(([names, cell]) => {
			const output = names
				.replace('… ', '')
				.split(', ')
				.flatMap((name) => resources.filter((one) => one.name === name))
				.flatMap(({ value }) => filesBelow(`${schemas}/${value}`, '.json'))
				.flatMap((file) =>
					Object.keys((JSON.parse(read(file)) as { properties: object }).properties),
				);
			return matches(cell, /`(\w+)`/g).filter((field) => !output.includes(field));
		});
		expect(wrong).toEqual([]);
	});

	test('payout-methods.md lists every method with its name in the form and its value in an expression', () => {
		const text = section('docs/reference/payout-methods.md', 'Methods', inLanguage);
		for (const { name, value } of payoutMethods) expect(text).toContain(`${name} (\`${value}\`)`);
	});

	test('trigger.md names every event and option of the trigger', () => {
		const text = read(inLanguage('docs/reference/trigger.md')).replace(/\s+/g, ' ');
		const [, events, { options = [] }] = triggerFields;
		const names = (events.options ?? []).map(({ name }) => name);
		const labels = options.map((one) => ('displayName' in one ? one.displayName : one.name));
		expect([...names, ...labels].filter((name) => !text.includes(name))).toEqual([]);
	});

	test('outcomes-and-errors.md explains every outcome', () => {
		const outcomes = Object.keys(isFinalOutcome).map((outcome) => `\`${outcome}\``);
		const text = section('docs/reference/outcomes-and-errors.md', 'Outcomes', inLanguage);
		expect(firstColumn(text).sort()).toEqual(outcomes.sort());
	});

	test('outcomes-and-errors.md says of every outcome whether it is final', () => {
		const text = section('docs/reference/outcomes-and-errors.md', 'Final', inLanguage);
		const listed = tableOf(text).map(([outcome, final]) => [outcome, final]);
		const inCode = Object.entries(isFinalOutcome);
		expect(listed).toEqual(inCode.map(([outcome, final]) => [`\`${outcome}\``, `\`${final}\``]));
	});

	test('README of the examples has a paragraph for every example', () => {
		const listed = matches(read(inLanguage('examples/README.md')), /^\[`.+?`\]\((.+?\.json)\)/gm);
		const files = filesBelow('examples', '.json').map((file) => file.replace('examples/', ''));
		expect(listed.sort()).toEqual(files.sort());
	});
});

describe('Messages quoted in the pages', () => {
	const source = ['bank131', 'nodes', 'credentials']
		.flatMap((folder) => filesBelow(folder, '.ts'))
		.map(read)
		.join('\n')
		.replace(/^\s*(\/\/|\/?\*).*$/gm, '')
		.replaceAll("\\'", "'");

	/** Whether a text or a place for a value ends in the source right before this part. */
	const beginsText = (part: string) =>
		["'", '`', '} ', '}: '].some((before) => source.includes(before + part));

	/** Put together from two texts at most, such as a label and what is wrong with the field. */
	const isInSource = (part: string) =>
		source.includes(part) ||
		[...part.matchAll(/ /g)].some(
			({ index }) => source.includes(part.slice(0, index)) && beginsText(part.slice(index + 1)),
		);

	/** At dots, quotes, numbers and brackets a message has a value of the case. */
	const fixedParts = (message: string) =>
		message
			.split(/…|"[^"]*"|\d[\d.,]*|[()]/)
			.map((part) => part.replace(/^[:\s]+|[:\s]+$/g, ''))
			.filter((part) => part !== '');

	test('troubleshooting.md quotes only messages and codes that are in the code', () => {
		const ofN8n = /^(Unrecognized node|Workflow did not finish|Node crashed|This execution failed)/;
		const parts = rowsOf(read('docs/reference/troubleshooting.md'))
			.flatMap(([cell]) => matches(cell, /`([^`]+)`/g))
			.filter((message) => !ofN8n.test(message))
			.flatMap(fixedParts);
		expect(parts.length).toBeGreaterThan(40);
		expect(parts.filter((part) => !isInSource(part))).toEqual([]);
	});

	test('the error items of outcomes-and-errors.md begin with sentences that are in the code', () => {
		const page = read('docs/reference/outcomes-and-errors.md');
		const texts = matches(page, /"(?:message|description|advice|remedy)": "((?:\\"|[^"])+)"/g);
		const parts = texts
			.map((text) => text.replaceAll('\\"', '"').split('. ')[0])
			.flatMap(fixedParts);
		expect(parts.length).toBeGreaterThan(10);
		expect(parts.filter((part) => !isInSource(part))).toEqual([]);
	});
});

test('every page of docs/reference has a Russian page, and every Russian page an English one', () => {
	const english = pages.filter((page) => /^docs\/reference\/(?!.*\.ru\.md)/.test(page));
	expect(english.filter((page) => !translated.includes(page))).toEqual([]);
	const russian = pages.filter((page) => page.endsWith('.ru.md'));
	expect(russian).toEqual(translated.map(russianOf).sort());
});

describe.each(translated.map((page) => [page, russianOf(page)]))('%s and %s', (...both) => {
	const texts = both.map(read);

	test.each([
		['headings', /^(#+) /gm],
		['code', /^( *```[^]*?^ *```)$/gm],
		['items and steps', /^(-|\d+\.) /gm],
	])('have the same %s, in the same order', (_what, pattern) => {
		const [english, russian] = texts.map((text) => matches(text, pattern));
		expect(russian).toEqual(english);
	});

	test('show the same pictures, in the same order', () => {
		const [english, russian] = both.map((page) =>
			linksOf(page).flatMap(({ file }) => (file.endsWith('.png') ? [file] : [])),
		);
		expect(russian).toEqual(english);
	});

	test('have tables of the same size', () => {
		const [english, russian] = texts.map((text) => rowsOf(text).map(({ length }) => length));
		expect(russian).toEqual(english);
	});

	/** A link to a Russian page counts as one to the English page, an anchor as the number of its heading. */
	const destinations = (page: string) => {
		const all = linksOf(page).map(({ file, anchor }) => {
			const english = translated.find((one) => russianOf(one) === file) ?? file;
			return anchor === undefined
				? english
				: `${english}, heading ${anchorsOf(file).indexOf(anchor)}`;
		});
		return [...new Set(all)].sort();
	};

	test('link to the same sections, each to pages in its own language where they exist', () => {
		const [english, russian] = both;
		expect(destinations(russian)).toEqual(destinations(english));
		const other = linksOf(russian).filter(({ file }) => translated.includes(file));
		expect(other.map(({ file }) => file)).toEqual([english]);
	});

	test('link to the same addresses in the web', () => {
		const [english, russian] = texts.map((text) =>
			[...new Set(matches(text, /\]\((https?:[^)\s]+)\)/g))].sort(),
		);
		expect(russian).toEqual(english);
	});

	test('have the same words in code marks', () => {
		const [english, russian] = texts.map((text) => {
			// What the reader puts in is translated: <file>, 'node name'.
			const quotes = matches(withoutCode(text), /`([^`\n]+)`/g).map((one) =>
				one.replace(/<.+?>|'.+?'/g, '…'),
			);
			return [...new Set(quotes)].sort();
		});
		expect(russian).toEqual(english);
	});
});
