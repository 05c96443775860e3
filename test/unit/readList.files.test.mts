/** Payout: Read List, one list as many programs write it: read rightly, or refused with a sentence that says why. */
import { fileOf, readListOf, type FileStyle } from '../support/listFiles.mts';

const RUSSIAN = [
	...[
		'Номер выплаты',
		'ФИО',
		'Сумма, руб.',
		'Способ выплаты',
		'Номер карты',
		'Расчётный счёт',
		'БИК',
	],
	...['Телефон', 'Банк', 'Кошелёк ЮMoney', 'Назначение платежа', 'Комментарий'],
];
const ENGLISH = [
	...['Reference', 'Full Name', 'Amount', 'Payout Method', 'Card Number', 'Account Number', 'BIK'],
	...['Phone', 'Bank', 'YooMoney Wallet', 'Purpose', 'Remark'],
];
const PURPOSE = 'Оплата услуг по договору «Вектор»; № 105 от 03.11.2026, НДС не облагается';

/** Rows as people type them. `decimal`: the decimal sign of the spreadsheet. */
const rowsWith = (decimal: string): string[][] => [
	[
		'PAY-1',
		'Яковлева Илья Фёдорович',
		`12 500${decimal}5`,
		'На карту',
		'4242 4242 4242 4242',
		'',
		'',
		'',
		'',
		'',
		'',
		'',
	],
	[
		...[
			'PAY-2',
			'Смирнов Алексей Юрьевич',
			`8340${decimal}50`,
			'Счёт',
			'',
			'40817810400003869535',
			'044525974',
			'',
		],
		...['', '', PURPOSE, 'срочно?'],
	],
	[
		...[
			'PAY-3',
			'Цой Эдуард',
			'3000',
			'',
			'',
			'',
			'',
			'+7 968 000-00-00',
			'Т-Банк',
			'',
			'Оплата "под ключ"',
			'',
		],
	],
	[
		'PAY-4',
		'',
		`0${decimal}01`,
		'ЮMoney',
		'',
		'',
		'',
		'',
		'',
		'410011310001114',
		'',
		'две\nстроки',
	],
];
const EXPECTED = [
	{
		reference: 'PAY-1',
		recipientName: 'Яковлева Илья Фёдорович',
		amount: '12500.50',
		currency: 'RUB',
		payoutMethod: 'cardNumber',
		cardNumber: '4242424242424242',
	},
	{
		reference: 'PAY-2',
		recipientName: 'Смирнов Алексей Юрьевич',
		amount: '8340.50',
		currency: 'RUB',
		payoutMethod: 'bankAccount',
		account: '40817810400003869535',
		bik: '044525974',
		accountHolder: 'individual',
		purpose: PURPOSE,
	},
	{
		reference: 'PAY-3',
		recipientName: 'Цой Эдуард',
		amount: '3000.00',
		currency: 'RUB',
		payoutMethod: 'fps',
		phone: '79680000000',
		fpsBankId: 'Т-Банк',
		purpose: 'Оплата "под ключ"',
	},
	{
		reference: 'PAY-4',
		amount: '0.01',
		currency: 'RUB',
		payoutMethod: 'yoomoney',
		walletAccount: '410011310001114',
	},
];

const ENCODINGS: Array<[name: string, style: Pick<FileStyle, 'encoding' | 'hasMark'>]> = [
	['UTF-8', { encoding: 'utf-8' }],
	['UTF-8 with a mark', { encoding: 'utf-8', hasMark: true }],
	['UTF-16LE with a mark', { encoding: 'utf-16le', hasMark: true }],
	['UTF-16BE with a mark', { encoding: 'utf-16be', hasMark: true }],
	['UTF-16LE', { encoding: 'utf-16le' }],
	['Windows-1251', { encoding: 'windows-1251' }],
];
const files = ENCODINGS.flatMap(([encodingName, encoding]) =>
	([';', ',', '\t'] as const).flatMap((delimiter) =>
		(['\r\n', '\n', '\r'] as const).flatMap((lineEnd) =>
			[RUSSIAN, ENGLISH].map((header) => ({
				name: `${encodingName}, ${JSON.stringify(delimiter)}, ${JSON.stringify(lineEnd)}, ${header[0]}`,
				header,
				style: { ...encoding, delimiter, lineEnd },
			})),
		),
	),
);

test('there are at least 60 files', () => expect(files.length).toBeGreaterThanOrEqual(60));

test.each(files)('$name: read rightly', async ({ header, style }) => {
	for (const quotes of [undefined, 'all'] as const) {
		const rows = rowsWith(style.delimiter === ',' ? '.' : ',');
		const { items, failures, summary } = await readListOf({
			files: [{ bytes: fileOf([header, ...rows], { ...style, quotes }) }],
		});
		expect(failures).toEqual([]);
		expect(items).toEqual(EXPECTED);
		expect(summary).toContain(`Not used: "${header.at(-1)}".`);
	}
});

describe('as programs write it', () => {
	const excel: FileStyle = { encoding: 'windows-1251', delimiter: ';', lineEnd: '\r\n' };
	test.each<[string, FileStyle, string]>([
		['Excel in Russian', excel, ','],
		['Excel in Russian, CSV UTF-8', { ...excel, encoding: 'utf-8', hasMark: true }, ','],
		['Excel, Unicode text', { encoding: 'utf-16le', hasMark: true, delimiter: '\t' }, ','],
		['Excel with the line of the delimiter', { ...excel, before: ['sep=;'] }, ','],
		[
			'Excel with that line and a mark',
			{ ...excel, encoding: 'utf-8', hasMark: true, before: ['sep=;'] },
			',',
		],
		[
			'Excel in English with that line',
			{ encoding: 'utf-8', delimiter: ',', before: ['sep=,'] },
			'.',
		],
		['Excel for Mac', { encoding: 'utf-8', hasMark: true, delimiter: ';', lineEnd: '\r' }, ','],
		['LibreOffice', { encoding: 'utf-8', delimiter: ',', lineEnd: '\n', quotes: 'all' }, ','],
		['LibreOffice, with semicolons', { encoding: 'utf-8', delimiter: ';', lineEnd: '\n' }, ','],
		['Google Sheets', { encoding: 'utf-8', delimiter: ',', lineEnd: '\r\n', endsOpen: true }, ','],
		[
			'Google Sheets, TSV',
			{ encoding: 'utf-8', delimiter: '\t', lineEnd: '\r\n', endsOpen: true },
			',',
		],
		['1C', { ...excel, quotes: 'all' }, ','],
		[
			'1C with a title',
			{ ...excel, before: ['Реестр выплат № 5 от 03.11.2026;;;;', ';;;;;;;;;;;', ''] },
			',',
		],
		[
			'1C with a title without delimiters',
			{ ...excel, before: ['ООО "Вектор", реестр № 5', ''] },
			',',
		],
		['1C, tabs', { encoding: 'windows-1251', delimiter: '\t' }, ','],
		['trailing delimiters', { ...excel, after: [';;;;;;;;;;;', ';;;;;;;;;;;;;'] }, ','],
		['empty lines', { ...excel, before: ['', ''], after: ['', ''] }, ','],
	])('%s: read rightly', async (_name, style, decimal) => {
		const bytes = fileOf([RUSSIAN, ...rowsWith(decimal)], style);
		const { items, failures } = await readListOf({ files: [{ bytes }] });
		expect(failures).toEqual([]);
		expect(items).toEqual(EXPECTED);
	});

	test('a row with more empty cells than the header: read rightly', async () => {
		const rows = [RUSSIAN, ...rowsWith(',').map((row) => [...row, '', ''])];
		const { items } = await readListOf({ files: [{ bytes: fileOf(rows, excel) }] });
		expect(items).toEqual(EXPECTED);
	});

	test('the options Encoding and Delimiter decide', async () => {
		const bytes = fileOf([RUSSIAN, ...rowsWith(',')], excel);
		const options = { encoding: 'windows-1251', delimiter: ';' };
		expect((await readListOf({ files: [{ bytes }], options })).items).toEqual(EXPECTED);
		const wrong = await readListOf({ files: [{ bytes }], options: { encoding: 'utf-8' } });
		expect(wrong.failures).toMatchObject([{ message: 'list.csv: The file is not UTF-8 text' }]);
	});
});

describe('what Excel made of a column that was no text: refused, with the column', () => {
	const base = { Номер: 'A-1', ФИО: 'Иванов Иван', Сумма: '100' };
	const account = { Счёт: '40817810400003869535', БИК: '044525974', Назначение: 'За работы' };
	const phone = { Телефон: '79680000000', Банк: '100000000069', Назначение: 'За работы' };
	const lost = 'came as a number, and spreadsheets keep only 15 digits';
	test.each<[Record<string, string>, string]>([
		[{ ...base, ...account, Счёт: '4,08178E+19' }, `Счёт ${lost}`],
		[{ ...base, ...account, Счёт: '4.08178104000039E+19' }, `Счёт ${lost}`],
		[{ ...base, ...account, Счёт: '408178104000038' }, 'Счёт has 15 digits, not 20'],
		[
			{ ...base, ...account, Счёт: '40817810400003800000' },
			'Счёт 40817***0000 does not belong to BIK',
		],
		[{ ...base, ...account, БИК: '4525974' }, 'БИК has 7 digits, not 9'],
		[{ ...base, ...account, БИК: '44525593' }, 'БИК has 8 digits, not 9'],
		[{ ...base, ...phone, Телефон: '7,968E+10' }, `Телефон ${lost}`],
		[{ ...base, ...phone, Телефон: '9680000000' }, 'Телефон has no country code'],
		[{ ...base, ...phone, Банк: '1E+11' }, 'Банк'],
		[{ ...base, ...phone, Банк: '44525974' }, 'Банк: Bank ID has 8 digits, not 12'],
		[{ ...base, Карта: '4,24242E+15' }, `Карта ${lost}`],
		[{ ...base, Карта: '4242424242424240' }, 'Карта ending in 4240 does not exist'],
		[{ ...base, Карта: '4242424242424242', Сумма: '1.05.2026' }, 'Сумма cannot be read'],
		[{ ...base, Карта: '4242424242424242', Сумма: '1,500' }, 'Сумма "1,500" can be read two ways'],
		[{ ...base, Карта: '4242424242424242', Сумма: '#Н/Д' }, 'Сумма holds "#Н/Д"'],
		[{ ...base, Карта: '4242424242424242', ФИО: '#ССЫЛКА!' }, 'ФИО holds "#ССЫЛКА!"'],
		[{ ...base, Карта: '4242424242424242', ФИО: '??????' }, 'ФИО holds no letters'],
		[{ ...base, Карта: '4242424242424242', ФИО: '\ufffd\ufffd\ufffd' }, 'ФИО holds "\ufffd"'],
		[{ ...base, Карта: '4242424242424242', ФИО: 'Èâàíîâ' }, 'ФИО holds "Èâàíîâ"'],
		[{ ...base, Карта: '4242424242424242', Номер: '1,0E+12' }, `Номер ${lost}`],
		[
			{
				...base,
				'Токен счёта': 'x1',
				Назначение: 'За',
				ИНН: '770801001',
				'Тип получателя': 'юрлицо',
				КПП: '770801001',
			},
			'ИНН has 9 digits',
		],
		[
			{
				...base,
				'Токен счёта': 'x1',
				Назначение: 'За',
				ИНН: '31000004545',
				'Тип получателя': 'ИП',
			},
			'ИНН has 11 digits',
		],
	])('%j', async (row, message) => {
		const bytes = fileOf([Object.keys(row), Object.values(row)], { encoding: 'utf-8' });
		const { items, failures } = await readListOf({ files: [{ bytes }] });
		expect(items).toEqual([]);
		expect(failures).toHaveLength(1);
		expect(failures[0].message).toMatch(/^list\.csv, line 2[:,] /);
		expect(failures[0].message).toContain(message);
		expect(failures[0].description).toMatch(/\.$/);
	});

	test('the lost zero of a BIK is restored if the account proves it, and the summary shows it', async () => {
		const row = { ...base, ...account, БИК: '44525974' };
		const bytes = fileOf([Object.keys(row), Object.values(row)], { encoding: 'utf-8' });
		const { items, summary, isClean } = await readListOf({ files: [{ bytes }] });
		expect(items).toMatchObject([{ bik: '044525974' }]);
		expect(summary).toContain(
			'lost its leading zero; the account number proves it (list.csv, line 2: 044525974)',
		);
		expect(isClean).toBe(false);
	});
});

describe('what is no list: refused, with what to do', () => {
	const text = (content: string): Buffer => Buffer.from(content);
	const list = (...lines: string[]) => text(lines.join('\r\n'));
	test.each<[string, Buffer, string, string]>([
		['no bytes', text(''), 'It is empty', 'Check whether'],
		['a byte order mark', text('\ufeff'), 'It is empty', 'Check whether'],
		['blank lines', text('\r\n  \r\n'), 'It is empty', 'Check whether'],
		[
			'a header alone',
			list('Номер;ФИО;Сумма;Карта'),
			'It has names of columns but no rows',
			'whole list',
		],
		['a header and empty rows', list('Номер;ФИО;Сумма;Карта', ';;;', ''), 'no rows', 'whole list'],
		['an XLSX file', text('PK\u0003\u0004'), 'an XLSX or ZIP file', 'Extract From File'],
		['an XLS file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'an XLS file', 'Extract From File'],
		['a PDF file', text('%PDF-1.7'), 'a PDF file', 'CSV or XLSX'],
		['an "Excel" file of HTML', text('<html><table>'), 'a web page', 'save it as CSV UTF-8'],
		[
			'an "Excel" file of XML',
			text('<?xml version="1.0"?>'),
			'an XML file',
			'save it as CSV UTF-8',
		],
		[
			'an exchange file of 1C',
			text('1CClientBankExchange\r\n'),
			'exchange file of 1C',
			'Save the list',
		],
		[
			'a picture',
			Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 1]),
			'neither UTF-8 nor',
			'CSV UTF-8',
		],
		[
			'rows without a header',
			list('A-1;Иванов;100;4242424242424242'),
			'No column of a list',
			'first line',
		],
		[
			'another table',
			list('Дата;Температура', '1;2'),
			'Columns found: "Дата", "Температура"',
			'Reference',
		],
		[
			'a sentence',
			text('Список отправлю завтра'),
			'Columns found: "Список отправлю завтра"',
			'delimiter',
		],
		[
			'no reference',
			list('ФИО;Сумма;Карта', 'И;1;4'),
			'There is no column for Reference',
			'call it Reference',
		],
		[
			'no amount',
			list('Номер;ФИО;Карта', 'A;И;4'),
			'There is no column for Amount',
			'Amount or Сумма',
		],
		[
			'no details',
			list('Номер;ФИО;Сумма;БИК', 'A;И;1;0'),
			'complete details of no payout method',
			'card number',
		],
		[
			'two amounts',
			list('Номер;ФИО;Сумма;К выплате;Карта', 'A;И;1;1;4'),
			'2 columns can be the Amount: "Сумма", "К выплате"',
			'Columns to Ignore',
		],
		[
			'a numbered column',
			list('Номер;ФИО;Сумма;Сумма_1;Карта', 'A;И;1;1;4'),
			'"Сумма", "Сумма_1"',
			'Columns to Ignore',
		],
		[
			'a first name alone',
			list('Номер;Имя;Сумма;Карта', 'A;И;1;4'),
			'"Имя" is a part of the name only',
			'Full Name',
		],
		[
			'an INN of either person',
			list('Номер;ФИО;Сумма;Карта;ИНН;Услуга', 'A;И;1;4;1;x'),
			'"ИНН" can be',
			'ИНН самозанятого',
		],
		[
			'thousands',
			list('Номер;ФИО;Сумма, тыс. руб.;Карта', 'A;И;1;4'),
			'thousands or millions',
			'in rubles',
		],
		[
			'a quote that is never closed',
			list('Номер;ФИО;Сумма;Карта', 'A;"И;1;4'),
			'never closed',
			'cut off',
		],
		[
			'text after a quote',
			list('Номер;ФИО;Сумма;Карта', 'A;"ООО "В"";1;4'),
			'closing quote',
			'written twice',
		],
		[
			'KOI8-R',
			fileOf(
				[RUSSIAN, ...rowsWith(',')].map((row) => row.map((cell) => cell.replace(/[«»№—]/g, ''))),
				{ encoding: 'koi8-r' },
			),
			'they look like KOI8-R',
			'CSV UTF-8',
		],
		[
			'MS-DOS',
			fileOf(
				[RUSSIAN, ...rowsWith(',')].map((row) => row.map((cell) => cell.replace(/[«»—]/g, ''))),
				{ encoding: 'ibm866' },
			),
			'they look like MS-DOS',
			'CSV UTF-8',
		],
		[
			'Macintosh',
			fileOf([RUSSIAN, ...rowsWith(',')], { encoding: 'x-mac-cyrillic' }),
			'they look like Macintosh',
			'CSV UTF-8',
		],
		[
			'UTF-8 that was read as Windows-1251',
			text(
				new TextDecoder('windows-1251').decode(
					fileOf([RUSSIAN, ...rowsWith(',')], { encoding: 'utf-8' }),
				),
			),
			'wrong encoding',
			'Read the file here',
		],
		[
			'UTF-8 that is cut off',
			Buffer.concat([fileOf([RUSSIAN], { encoding: 'utf-8', hasMark: true }), Buffer.from([0xd0])]),
			'not UTF-8',
			'cut off',
		],
	])('%s', async (_name, bytes, message, remedy) => {
		const { items, failures, isClean } = await readListOf({ files: [{ bytes }] });
		expect(items).toEqual([]);
		expect(failures.map((one) => one.message).join('\n')).toContain(message);
		expect(failures.map((one) => one.description).join('\n')).toContain(remedy);
		expect(failures.every((one) => one.message.startsWith('list.csv: '))).toBe(true);
		expect(isClean).toBe(false);
	});
});
