/** Headers of lists as people, payroll programs and databases write them. */
import fc from 'fast-check';

import {
	amountUnits,
	columnNames,
	namelessNotes,
	vagueNames,
} from '../../bank131/payoutList/columnNames.ts';
import { foldedNames, foldName } from '../../bank131/payoutList/foldName.ts';
import { matchName } from '../../bank131/payoutList/matchName.ts';
import { isListHeader, recogniseColumns } from '../../bank131/payoutList/recogniseColumns.ts';
import { LIST_HEADERS } from '../support/listHeaders.mts';

const known = Object.entries(LIST_HEADERS).flatMap(([column, headers]) =>
	headers.map((header) => [header, column] as const),
);

test('there are at least 200 headers', () => {
	expect(new Set(known.map(([header]) => header)).size).toBeGreaterThanOrEqual(200);
});

test.each(known)('"%s" is the column %s', (header, column) => {
	expect(matchName(header)?.column).toBe(column);
});

test.each([
	...[
		'#',
		'П/П 2',
		'Row',
		'row_number',
		'Дата',
		'Комментарий',
		'Примечание',
		'Note',
		'Отдел',
		'Email',
	],
	...[
		'Корр. счёт',
		'К/с',
		'Корсчет',
		'БИК плательщика',
		'Банк плательщика',
		'КПП плательщика',
		'Подпись',
	],
	...[
		'Сумма НДФЛ',
		'Сумма НДС',
		'Сумма начислено',
		'Удержано',
		'Итого',
		'Сумма прописью',
		'ИНН/КПП',
		'Паспорт',
	],
	...[
		'Дата рождения',
		'Телефон 2',
		'Номер договора',
		'Адрес',
		'SWIFT',
		'BBAN',
		'Description',
		'',
		' ',
		'***',
		'()',
	],
	...['Сумма (без НДФЛ)', 'Счёт (кошелёк)', 'ФИО (руководителя)', 'ИНН (заказчика или получателя)'],
])('"%s" is no column of a list', (header) => {
	expect(matchName(header)).toBeUndefined();
});

test('a header may be written in any case, with ё or е, other blanks and signs, and letters of the other alphabet', () => {
	const twins = new Map(
		[...'АВЕКМНОРСТХаеорсух'].map((one, index) => [one, 'ABEKMHOPCTXaeopcyx'[index]]),
	);
	const change = fc.constantFrom<(header: string) => string>(
		(header) => header.toUpperCase(),
		(header) => header.toLowerCase(),
		(header) => header.replaceAll('ё', 'е').replaceAll('Ё', 'Е'),
		(header) => header.normalize('NFD'),
		(header) => `\ufeff${header}`,
		(header) => ` ${header.replaceAll(' ', '\u00a0')}\u00a0:`,
		(header) => header.replaceAll(' ', '_'),
		(header) => header.replaceAll(' ', '\r\n'),
		(header) => `${header} *`,
		(header) => `«${header}»`,
		(header) => header.replace(/./gu, (letter) => twins.get(letter) ?? letter),
	);
	fc.assert(
		fc.property(
			fc.constantFrom(...known),
			fc.array(change, { maxLength: 4 }),
			([header, column], changes) => {
				const changed = changes.reduce((text, one) => one(text), header);
				expect([changed, matchName(changed)?.column]).toEqual([changed, column]);
			},
		),
		{ numRuns: 3000 },
	);
});

test('every name belongs to one column', () => {
	const owners = new Map<string, Set<string>>();
	const add = (column: string, list: string) => {
		for (const name of foldedNames(list)) {
			owners.set(name, (owners.get(name) ?? new Set()).add(column));
		}
	};
	for (const [column, list] of Object.entries(columnNames)) add(column, list);
	for (const [column, lists] of Object.entries(vagueNames))
		lists.forEach((list) => add(column, list));
	for (const { names } of amountUnits) {
		for (const name of foldedNames(columnNames.amount)) {
			foldedNames(names).forEach((unit) => add('amount', name + unit));
		}
	}
	expect([...owners].filter(([, columns]) => columns.size > 1)).toEqual([]);
	expect(owners.has('')).toBe(false);
	expect(foldedNames(namelessNotes).every((note) => !owners.has(note))).toBe(true);
});

describe('amounts', () => {
	const layoutOf = (header: string, amountUnit?: 'minor') => {
		const layout = recogniseColumns(['Reference', header, 'Card', 'Name'], { amountUnit });
		return layout.ok
			? [layout.value.amountUnit, layout.value.amountCurrency]
			: layout.problems.map(({ code }) => code);
	};

	test.each([
		['Сумма', ['major', undefined]],
		['Сумма, руб.', ['major', 'rub']],
		['Сумма (₽)', ['major', 'rub']],
		['Сумма, коп.', ['minor', 'rub']],
		['Сумма в копейках', ['minor', 'rub']],
		['amountMinorUnits', ['minor', undefined]],
		['Amount, USD', ['major', 'usd']],
		['Сумма, $', ['major', 'usd']],
		['Сумма (евро)', ['major', 'eur']],
		['Сумма, тыс. руб.', ['columns.unsupportedUnit']],
		['Сумма (млн руб.)', ['columns.unsupportedUnit']],
	])('"%s" has the unit and currency %j', (header, expected) => {
		expect(layoutOf(header)).toEqual(expected);
	});

	test('without a unit in the header the option counts; against it the list is refused', () => {
		expect(layoutOf('Сумма', 'minor')).toEqual(['minor', undefined]);
		expect(layoutOf('Сумма, коп.', 'minor')).toEqual(['minor', 'rub']);
		expect(layoutOf('Сумма, руб.', 'minor')).toEqual(['columns.otherUnit']);
	});
});

describe('the columns of a table', () => {
	const columnsOf = (headers: string[], ignored?: string[]) => {
		const layout = recogniseColumns(headers, { ignored });
		if (!layout.ok) return layout.problems;
		return [...layout.value.columns].map(([column, { index }]) => `${index} ${column}`);
	};

	test('are found in any order; others are named as not used', () => {
		const layout = recogniseColumns([
			'БИК',
			'Комментарий',
			'Сумма',
			'',
			'Счёт',
			'ФИО',
			'Номер',
			'Отдел ',
		]);
		expect(layout).toMatchObject({
			ok: true,
			value: { width: 8, unused: ['Комментарий', 'Отдел '] },
		});
		expect(
			columnsOf(['БИК', 'Комментарий', 'Сумма', '', 'Счёт', 'ФИО', 'Номер', 'Отдел ']),
		).toEqual([...['0 bik', '2 amount', '4 account', '5 recipientName', '6 reference']]);
	});

	test('a clear name comes before a vague one', () => {
		const details = ['Сумма', 'Карта', 'ФИО'];
		expect(columnsOf(['id', 'Номер', 'Reference', ...details])).toContain('2 reference');
		expect(columnsOf(['id', 'Номер', ...details])).toContain('1 reference');
		expect(columnsOf(['id', ...details])).toContain('0 reference');
		expect(columnsOf(['Reference', 'Name', ...details])).toContain('4 recipientName');
	});

	const base = ['Reference', 'Сумма', 'ФИО', 'Карта'];
	test.each([
		[[...base, 'Amount'], ['Сумма', 'Amount'], 'amount'],
		[[...base, 'Сумма к выплате'], ['Сумма', 'Сумма к выплате'], 'amount'],
		[[...base, 'Карта'], ['Карта', 'Карта'], 'cardNumber'],
		[[...base, 'Карта_1'], ['Карта', 'Карта_1'], 'cardNumber'],
		[[...base, 'Сумма (2)'], ['Сумма', 'Сумма (2)'], 'amount'],
		[[...base, 'Телефон', 'Телефон 2'], ['Телефон', 'Телефон 2'], 'phone'],
		[[...base, 'Телефон', 'Мобильный', 'Тел.'], ['Телефон', 'Мобильный', 'Тел.'], 'phone'],
		[[...base, 'Референс'], ['Reference', 'Референс'], 'reference'],
	])('two columns for one field are refused: %j', (headers, twice, column) => {
		expect(columnsOf(headers)).toEqual([{ code: 'columns.duplicate', column, headers: twice }]);
		if (twice[0] === twice[1]) return;
		expect(columnsOf(headers, twice.slice(1))).toContain(`${headers.indexOf(twice[0])} ${column}`);
	});

	test.each([
		[['Сумма', 'ФИО', 'Карта'], ['reference']],
		[['Reference', 'ФИО', 'Карта'], ['amount']],
		[
			['ФИО', 'Карта', 'Сумма НДФЛ'],
			['reference', 'amount'],
		],
	])('missing columns are named: %j', (headers, missing) => {
		expect(columnsOf(headers)).toEqual([
			{ code: 'columns.missing', missing, headers, hasMore: false },
		]);
	});

	test.each([
		[['Reference', 'Сумма', 'ФИО']],
		[['Reference', 'Сумма', 'ФИО', 'Счёт']],
		[['Reference', 'Сумма', 'ФИО', 'Телефон']],
		[['Reference', 'Сумма', 'ФИО', 'БИК', 'Телефон']],
	])('columns that complete no method are refused: %j', (headers) => {
		expect(columnsOf(headers)).toEqual([{ code: 'columns.noDetails', headers, hasMore: false }]);
	});

	test.each([
		['Имя', 'lastName'],
		['First Name', 'lastName'],
		['Фамилия', 'firstName'],
	])('"%s" alone is refused as a part of the name', (header, missing) => {
		expect(columnsOf(['Reference', 'Сумма', 'Карта', header])).toEqual([
			{ code: 'columns.partOfName', header, missing },
		]);
	});

	test.each(['Услуга', 'Чек'])('"ИНН" beside "%s" is refused as ambiguous', (receipt) => {
		expect(columnsOf([...base, 'ИНН', receipt])).toEqual([
			{ code: 'columns.ambiguousInn', header: 'ИНН' },
		]);
		expect(columnsOf([...base, 'ИНН самозанятого', receipt])).toContain('4 selfEmployedInn');
		expect(columnsOf([...base, 'ИНН получателя', receipt])).toContain('4 inn');
		expect(columnsOf([...base, 'ИНН', 'ИНН самозанятого', receipt])).toContain('4 anyInn');
	});

	test('a table without a known column is refused with its first headers, shortened', () => {
		const headers = ['Дата', 'x'.repeat(99), ...new Array<string>(40).fill('y')];
		const [problem] = columnsOf(headers) as Array<{ code: string; headers: string[] }>;
		expect(problem).toMatchObject({ code: 'columns.unknown', hasMore: true });
		expect(problem.headers).toHaveLength(30);
		expect(problem.headers[1]).toBe('x'.repeat(40));
	});

	test.each([
		['Windows-1251 read as UTF-8', '\ufffd\ufffd\ufffd', '\ufffd\ufffd\ufffd\ufffd\ufffd'],
		['UTF-8 read as Windows-1251', 'Р¤РРћ', 'РЎСѓРјРјР°'],
		['Windows-1251 read as Latin-1', 'ÔÈÎ', 'Ñóììà'],
	])('a header in a wrong encoding is refused as such: %s', (_name, ...headers) => {
		expect(columnsOf(headers)).toEqual([{ code: 'columns.wrongEncoding' }]);
	});

	test.each([
		[['Реестр выплат № 5', ''], false],
		[['', ''], false],
		[['A-1', '1500,50', '4242424242424242'], false],
		[['Сумма', ''], false],
		[['Сумма', 'Amount'], false],
		[['Номер', 'Сумма', 'Дата'], true],
	])('%j is a header: %j', (cells, isHeader) => {
		expect(isListHeader(cells)).toBe(isHeader);
	});

	test('folding keeps what tells names apart', () => {
		expect(foldName('Сумма, руб.')).not.toBe(foldName('Сумма, коп.'));
		expect(foldName('р/с')).not.toBe(foldName('к/с'));
	});
});
