/** The worked pages for contributors: their code fits the project and compiles, and forgotten steps are noticed. */
import { exists, matches, read } from '../support/pages.mts';
import {
	applyPage,
	changesOf,
	compile,
	forgottenSteps,
	workedPages,
} from '../support/workedPages.mts';

describe.each(workedPages)('%s', (page) => {
	const files = changesOf(page).map(({ file }) => file);
	const steps = [...new Set(changesOf(page).map(({ step }) => step))];
	const rows = forgottenSteps(page);
	const rowOf = (step: number) =>
		rows.find((row) => row.steps.length === 1 && row.steps[0] === step);
	const compileErrors = steps.filter((step) =>
		/^does not compile/i.test(rowOf(step)?.consequence ?? ''),
	);

	test('its changes fit the files of the project, and the result compiles', () => {
		expect(compile(applyPage(page))).toEqual([]);
	});

	test('its JSON is valid', () => {
		for (const [file, text] of applyPage(page)) {
			if (file.endsWith('.json')) expect(() => void JSON.parse(text)).not.toThrow();
		}
	});

	test('its last table says for every step what happens if it is forgotten', () => {
		expect([...new Set(rows.flatMap((row) => row.steps))]).toEqual(steps);
	});

	test('the tests named in its last table exist', () => {
		const named = rows.flatMap(({ consequence }) => [
			...consequence.matchAll(/`(test\/[\w./-]+)` › ([^;|]+?)(?=;|$)/g),
		]);
		const missing = named.filter(
			([, file, name]) => !exists(file) || !read(file).includes(name.trim()),
		);
		expect(missing.map(([match]) => match)).toEqual([]);
		const failing = rows.filter(({ consequence }) => consequence.startsWith('fails'));
		expect(failing.filter(({ consequence }) => matches(consequence, /(›)/g).length === 0)).toEqual(
			[],
		);
	});

	test.each(compileErrors)(
		'without step %i it does not compile, as its last table says',
		(step) => {
			expect(compile(applyPage(page, step), files)).not.toEqual([]);
		},
	);
});
