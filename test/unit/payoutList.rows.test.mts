/** One row of a list: its method, name, amount, receipt and the other fields. */
import { payoutMethodFields, type PayoutMethod } from '../../bank131/payoutList/fields.ts';
import { readRow } from '../../bank131/payoutList/readRow.ts';
import { recogniseColumns } from '../../bank131/payoutList/recogniseColumns.ts';
import type { RowOptions } from '../../bank131/payoutList/rowReader.ts';
import { payoutMethods } from '../../nodes/Bank131/payoutMethods/index.ts';

type Row = Record<string, unknown>;

const ACCOUNT = { Счёт: '40817810100000270411', БИК: '044525974' };
const PHONE = { Телефон: '+7 968 000-00-00', Банк: '100000000069' };
const CARD = { Карта: '4242 4242 4242 4242' };
const base = { Номер: 'A-1', Сумма: '1500,50', ФИО: 'Иванов Иван Иванович' };

function read(row: Row, options: RowOptions = {}) {
	// A column of its own method, so that the columns of any test can complete one.
	const withDetails: Row = { ...row, 'Хэш карты': row['Хэш карты'] ?? '' };
	const layout = recogniseColumns(Object.keys(withDetails));
	if (!layout.ok) throw new Error(JSON.stringify(layout.problems));
	return readRow(layout.value, Object.values(withDetails), options);
}
const valuesOf = (row: Row, options?: RowOptions) => read({ ...base, ...row }, options).values;
const methodOf = (row: Row, options?: RowOptions) => {
	const { method, problems } = read({ ...base, ...row }, options);
	return method ?? problems;
};
const problemsOf = (row: Row, options?: RowOptions) =>
	read({ ...base, ...row }, options).problems.map(({ field, code }) => `${field} ${code}`);

test('the fields of the methods are those of the forms', () => {
	const listed = Object.entries(payoutMethodFields).map(([method, { needs, others }]) => [
		method,
		[...needs, ...others].sort(),
	]);
	const forms = payoutMethods.map(({ value, fields }) => [
		value,
		fields
			.filter(({ type }) => type !== 'notice')
			.map(({ name }) => name)
			.sort(),
	]);
	expect(listed).toEqual(forms);
});

describe('the method', () => {
	test.each<[Row, PayoutMethod]>([
		[ACCOUNT, 'bankAccount'],
		[PHONE, 'fps'],
		[CARD, 'cardNumber'],
		[{ 'Токен карты': 'x1' }, 'cardToken'],
		[{ 'Хэш карты': 'x1' }, 'cardHash'],
		[{ 'Токен счёта': 'x1' }, 'bankAccountToken'],
		[{ IBAN: 'UA21 3996 2200 0002 6007 2335 6600 1' }, 'bankAccountIban'],
		[{ ЮMoney: '410011310001114' }, 'yoomoney'],
		[{ QIWI: '79161310112' }, 'qiwi'],
		[{ Steam: 'player' }, 'steam'],
		[{ Moneta: '123' }, 'moneta'],
		[{ 'Налоговый период': 'КВ.03.2026' }, 'tax'],
		[{ КБК: '182', ОКТМО: '453' }, 'taxFull'],
		[{ ...ACCOUNT, Телефон: '79680000000' }, 'bankAccount'],
		[{ ...CARD, Телефон: '79680000000', Счёт: ACCOUNT.Счёт }, 'cardNumber'],
	])('the complete details of %j decide: %s', (row, method) => {
		expect(methodOf(row)).toBe(method);
	});

	const all = { ...ACCOUNT, ...PHONE, ...CARD };
	test.each<[string, PayoutMethod]>([
		...(['карта', 'На карту', 'CARD', 'Банковская карта', 'cardNumber'] as const).map(
			(word) => [word, 'cardNumber'] as [string, PayoutMethod],
		),
		...(['счёт', 'на счет', 'Р/С', 'Bank Account', 'bankAccount', 'по реквизитам'] as const).map(
			(word) => [word, 'bankAccount'] as [string, PayoutMethod],
		),
		...(
			[
				'СБП',
				'по номеру телефона',
				'Телефон',
				'sbp',
				'fps',
				'Faster Payments (SBP) by Phone',
			] as const
		).map((word) => [word, 'fps'] as [string, PayoutMethod]),
		['ЮMoney', 'yoomoney'],
		['YooMoney Wallet', 'yoomoney'],
		['Киви', 'qiwi'],
		['токен карты', 'cardToken'],
		['Card Hash', 'cardHash'],
		['Card Widget Hash', 'cardHash'],
		['tax', 'tax'],
		['Tax (Full Details)', 'taxFull'],
	])('the word "%s" decides against all details: %s', (word, method) => {
		expect(methodOf({ ...all, Способ: word })).toBe(method);
	});

	test('every value and every name of the form is understood', () => {
		for (const { name, value } of payoutMethods) {
			expect(methodOf({ ...all, Способ: value })).toBe(value);
			const details = value === 'cardNumber' ? CARD : value === 'bankAccount' ? ACCOUNT : {};
			expect(methodOf({ ...details, 'Tax Period': '', Способ: name })).toBe(value);
		}
	});

	test.each<[Row, PayoutMethod]>([
		[{ Способ: 'карта', Токен: 'x1', Карта: '' }, 'cardNumber'],
		[{ Способ: 'карта', 'Токен карты': 'x1' }, 'cardToken'],
		[{ Способ: 'на счёт', 'Токен счёта': 'x1' }, 'bankAccountToken'],
		[{ Способ: 'cardToken', Токен: 'x1' }, 'cardToken'],
		[{ Способ: 'на счёт', Счёт: '', БИК: '' }, 'bankAccount'],
	])('the details decide what a common word means: %j', (row, method) => {
		const found = methodOf(row);
		if (typeof found === 'string') expect(found).toBe(method);
		else expect(found).toMatchObject([{ code: 'method.several' }]);
	});

	test('several complete sets are refused, and decided by an order', () => {
		expect(methodOf({ ...ACCOUNT, ...PHONE })).toEqual([
			{
				field: 'payoutMethod',
				code: 'method.several',
				methods: ['bankAccount', 'fps'],
				column: 'absent',
			},
		]);
		expect(
			methodOf({ ...ACCOUNT, ...PHONE }, { methodOrder: ['cardNumber', 'fps', 'bankAccount'] }),
		).toBe('fps');
		expect(problemsOf({ ...ACCOUNT, ...PHONE }, { methodOrder: ['cardNumber'] })).toEqual([
			'payoutMethod method.several',
		]);
	});

	test('an invalid set is not passed over for a valid one', () => {
		expect(problemsOf({ ...ACCOUNT, ...PHONE, Счёт: '1' })).toEqual([
			'payoutMethod method.several',
		]);
		expect(methodOf({ ...ACCOUNT, ...PHONE, Счёт: '1' }, { methodOrder: ['bankAccount'] })).toBe(
			'bankAccount',
		);
	});

	test.each([
		[{ Токен: 'x1' }, ['bankAccountToken', 'cardToken', 'cardHash']],
		[{ Кошелёк: '410011310001114' }, ['moneta', 'qiwi', 'steam', 'yoomoney']],
		[{ Кошелёк: '410011310001114', Способ: 'кошелёк' }, ['yoomoney', 'qiwi', 'moneta', 'steam']],
	])('a token or wallet alone is refused: %j', (row, methods) => {
		expect(methodOf(row)).toMatchObject([
			{ code: 'method.several', methods: expect.arrayContaining(methods) },
		]);
	});

	test('incomplete details are named', () => {
		expect(methodOf({ ...ACCOUNT, БИК: '', Телефон: '79680000000', Банк: '' })).toEqual([
			{
				field: 'payoutMethod',
				code: 'method.missing',
				incomplete: [
					{ method: 'bankAccount', missing: ['bik'] },
					{ method: 'fps', missing: ['fpsBankId'] },
				],
			},
		]);
		expect(methodOf({ Карта: '' })).toMatchObject([{ code: 'method.missing', incomplete: [] }]);
	});

	test.each(['наличные', 'crypto', '[object Object]', '0'])('the word "%s" is refused', (word) => {
		expect(methodOf({ ...CARD, Способ: word })).toEqual([
			{ field: 'payoutMethod', code: 'method.unknown', text: word },
		]);
	});
});

describe('values', () => {
	test('are in the form in which Send takes them, and only those of the method', () => {
		expect(
			valuesOf({
				...CARD,
				Счёт: '40817 810 1 0000 0270411',
				БИК: '044 525 974',
				Способ: 'счёт',
				Назначение: ' За\u00a0работы ',
			}),
		).toEqual({
			reference: 'A-1',
			recipientName: 'Иванов Иван Иванович',
			amount: '1500.50',
			currency: 'RUB',
			payoutMethod: 'bankAccount',
			account: '40817810100000270411',
			bik: '044525974',
			accountHolder: 'individual',
			purpose: 'За работы',
		});
	});

	test.each([
		['8 (968) 000-00-00', '79680000000'],
		['+7 968 000 00 00', '79680000000'],
		[79680000000, '79680000000'],
		["'+79680000000", '79680000000'],
		['="79680000000"', '79680000000'],
		// What cannot be a phone stays as it is, so that the check reports it.
		['7,968E+10', '7,968E+10'],
		['9680000000', '9680000000'],
		[7.9e20, 7.9e20],
	])('phone %j is %j', (cell, phone) => {
		expect(valuesOf({ ...PHONE, Телефон: cell }).phone).toBe(phone);
	});

	test.each([
		[100000000069, '100000000069'],
		['100 000 000 069', '100000000069'],
		[' Т-Банк ', 'Т-Банк'],
		['ВТБ', 'ВТБ'],
		['131 Банк', '131 Банк'],
		['1E+11', '1E+11'],
	])('bank %j of FPS is %j: a name is left to the bank', (cell, bank) => {
		expect(valuesOf({ ...PHONE, Банк: cell }).fpsBankId).toBe(bank);
	});

	test('a BIK of eight digits gets its zero back only if the account proves it', () => {
		const account = '40817810400003869535';
		const proven = read({ ...base, Счёт: account, БИК: 44525974 });
		expect([proven.values.bik, proven.restoredBik]).toEqual(['044525974', '044525974']);
		for (const bik of ['44525975', '04452597', '144525974', '4525974', '']) {
			const other = read({ ...base, Счёт: account, БИК: bik, Способ: 'счёт' });
			expect([other.values.bik, other.restoredBik]).toEqual([bik || undefined, undefined]);
		}
		expect(read({ ...base, Счёт: account.slice(1), БИК: '44525974' }).restoredBik).toBeUndefined();
	});

	test('names are joined from their parts, in the order of the passport', () => {
		const parts = { Отчество: 'Ильич', Имя: 'Павел', Фамилия: 'Ершов', ФИО: '' };
		expect(valuesOf({ ...CARD, ...parts }).recipientName).toBe('Ершов Павел Ильич');
		expect(valuesOf({ ...CARD, ...parts, Отчество: '' }).recipientName).toBe('Ершов Павел');
		expect(problemsOf({ ...CARD, ...parts, Имя: '' })).toEqual(['firstName name.partMissing']);
		expect(problemsOf({ ...CARD, ...parts, Фамилия: ' ' })).toEqual(['lastName name.partMissing']);
		expect(problemsOf({ ...CARD, ...parts, ФИО: 'ершов  павел ильич' })).toEqual([]);
		expect(problemsOf({ ...CARD, ...parts, ФИО: 'Ершов П. И.' })).toEqual([
			'recipientName name.differs',
		]);
	});

	test('names are in Unicode form NFC, with ordinary blanks', () => {
		const name = 'Йонов\u00a0Фёдор'.normalize('NFD');
		expect(valuesOf({ ...CARD, ФИО: name }).recipientName).toBe('Йонов Фёдор');
	});

	test.each([
		['40817810100000270411', {}, 'individual'],
		['40802810800000004404', {}, 'soleProprietor'],
		['40702810800000004405', {}, 'legalEntity'],
		['40702810800000004405', { 'Тип получателя': 'физлицо' }, 'individual'],
		['40817810100000270411', { 'Тип получателя': 'ИП' }, 'soleProprietor'],
		['40817810100000270411', { 'Тип получателя': 'Юр. лицо' }, 'legalEntity'],
	])('the holder of account %s with %j is %s', (account, row, holder) => {
		const values = valuesOf({
			...ACCOUNT,
			Счёт: account,
			ИНН: '7727406020',
			КПП: '770801001',
			...row,
		});
		expect(values.accountHolder).toBe(holder);
		expect('inn' in values).toBe(holder !== 'individual');
		expect('kpp' in values).toBe(holder === 'legalEntity');
	});

	test.each([
		[{ ИНН: '7727406020' }, 'legalEntity'],
		[{ ФИО: 'ИП Морозов Денис' }, 'soleProprietor'],
		[{ ИНН: '131000004545' }, 'individual'],
	])('the holder of an account token with %j is %s', (row, holder) => {
		expect(valuesOf({ 'Токен счёта': 'x1', ...row }).accountHolder).toBe(holder);
	});

	test.each([
		['quarter 3 2026', 'quarter', '3'],
		['3 квартал 2026', 'quarter', '3'],
		['3-й кв. 2026 г.', 'quarter', '3'],
		['КВ.03.2026', 'quarter', '3'],
		['МС.11.2026', 'month', '11'],
		['month 11 2026', 'month', '11'],
	])('the tax period "%s" is %s %s', (text, taxPeriodType, taxPeriodNumber) => {
		expect(valuesOf({ 'Налоговый период': text })).toMatchObject({
			taxPeriodType,
			taxPeriodNumber,
			taxPeriodYear: '2026',
		});
	});

	test.each(['2026', 'ГД.00.2026', 'осень 3 2026', '3 2026'])(
		'the tax period "%s" is refused',
		(text) => {
			expect(problemsOf({ 'Налоговый период': text })).toEqual(['taxPeriod tax.periodUnreadable']);
		},
	);

	test.each([
		['Срочно', 'да', 'urgent', true],
		['Срочно', 'НЕТ', 'urgent', false],
		['Срочно', true, 'urgent', true],
		['Срочно', '+', 'urgent', true],
		['Срочно', 'Истина', 'urgent', true],
		['Согласование', 'Вручную', 'confirmation', 'manual'],
		['Approval', 'manual', 'confirmation', 'manual'],
		['Подтверждение', 'автоматически', 'confirmation', 'automatic'],
		['Списать с', 'Номинальный счёт', 'payFrom', 'escrow'],
	])('the word of "%s": %j is %s %j', (header, word, field, value) => {
		expect(valuesOf({ ...ACCOUNT, [header]: word })).toHaveProperty(field, value);
	});

	test.each([
		['Срочно', 'возможно', 'urgent'],
		['Согласование', 'да', 'confirmation'],
		['Списать с', '40702', 'payFrom'],
		['Тип получателя', 'фонд', 'accountHolder'],
	])('an unknown word of "%s" is refused: %j', (header, text, field) => {
		expect(read({ ...base, ...ACCOUNT, [header]: text }).problems).toEqual([
			{ field, code: 'word.unknown', text, accepted: expect.any(Array) },
		]);
	});
});

describe('amount and currency', () => {
	test.each([
		['1 500,50', '1500.50'],
		['1\u00a0500,50', '1500.50'],
		['1500.5', '1500.50'],
		[1500.5, '1500.50'],
		['1 500,50 ₽', '1500.50'],
		['1500', '1500.00'],
	])('%j is %s rubles', (cell, amount) => {
		expect(valuesOf({ ...CARD, Сумма: cell })).toMatchObject({ amount, currency: 'RUB' });
	});

	test.each([
		['', 'amount.empty'],
		['4,1E+19', 'amount.unreadable'],
		['1,500', 'amount.ambiguous'],
		['1500,505', 'amount.tooManyDecimals'],
		['0', 'amount.zero'],
		['-5', 'amount.negative'],
		['100 $', 'amount.otherCurrency'],
		['#ЗНАЧ!', 'value.spreadsheetError'],
	])('%j is refused: %s', (cell, code) => {
		expect(problemsOf({ ...CARD, Сумма: cell })).toEqual([`amount ${code}`]);
	});

	const withHeader = (header: string, row: Row) =>
		read({ Номер: 'A-1', ФИО: 'Иванов Иван', ...CARD, [header]: '150050', ...row });
	test('kopecks of the header become rubles', () => {
		expect(withHeader('Сумма, коп.', {}).values).toMatchObject({
			amount: '1500.50',
			currency: 'RUB',
		});
	});

	test.each([
		['USD', 'USD'],
		['руб.', 'RUB'],
		['810', 'RUB'],
		[643, 'RUB'],
		['Евро', 'EUR'],
		['₽', 'RUB'],
	])('the currency %j is %s', (cell, currency) => {
		expect(valuesOf({ ...CARD, Валюта: cell }).currency).toBe(currency);
	});

	test('the currency of the header counts where the list has no column for it', () => {
		expect(withHeader('Сумма, USD', {}).values.currency).toBe('USD');
		expect(withHeader('Сумма, USD', { Валюта: 'usd' }).problems).toEqual([]);
		expect(withHeader('Сумма, USD', { Валюта: 'RUB' }).problems).toEqual([
			{ field: 'currency', code: 'currency.differs', header: 'usd', currency: 'rub' },
		]);
	});

	test('an empty cell does not mean rubles, another currency is refused', () => {
		expect(problemsOf({ ...CARD, Валюта: '' })).toEqual(['currency currency.empty']);
		expect(problemsOf({ ...CARD, Валюта: 'BYN' })).toEqual(['currency word.unknown']);
	});
});

describe('the receipt', () => {
	const receipt = { 'ИНН самозанятого': '131000004471', Услуга: 'Доставка' };

	test('is wanted where the row has an INN or a service, or says so', () => {
		expect(valuesOf({ ...CARD, ...receipt })).toMatchObject({
			issueReceipt: true,
			selfEmployedInn: '131000004471',
			serviceName: 'Доставка',
		});
		expect(valuesOf({ ...CARD, ...receipt, Чек: 'нет' })).toHaveProperty('issueReceipt', false);
		expect(valuesOf({ ...CARD, ...receipt, Чек: 'нет' })).not.toHaveProperty('selfEmployedInn');
		const empty = { ...CARD, 'ИНН самозанятого': '', Услуга: '' };
		expect(valuesOf(empty)).not.toHaveProperty('issueReceipt');
		expect(valuesOf(CARD)).not.toHaveProperty('issueReceipt');
	});

	test('without its INN or its service is refused', () => {
		expect(problemsOf({ ...CARD, ...receipt, Услуга: '' })).toEqual([
			'serviceName receipt.incomplete',
		]);
		expect(problemsOf({ ...CARD, ...receipt, 'ИНН самозанятого': '' })).toEqual([
			'selfEmployedInn receipt.incomplete',
		]);
		expect(problemsOf({ ...CARD, Чек: 'да' })).toEqual(['selfEmployedInn receipt.incomplete']);
		// The same service for everybody is set once, beside the list.
		expect(problemsOf({ ...CARD, 'ИНН самозанятого': '131000004471' })).toEqual([]);
	});
});

describe('the paying account', () => {
	const payer = { 'Счёт плательщика': '40702 810 3 0020 0000013', 'ИНН бенефициара': '1234567890' };

	test('its number is left out for the collateral account', () => {
		expect(valuesOf({ ...CARD, ...payer })).not.toHaveProperty('sourceAccount');
		expect(valuesOf({ ...CARD, ...payer }, { payFrom: 'settlement' })).toMatchObject({
			sourceAccount: '40702810300200000013',
		});
		expect(valuesOf({ ...CARD, ...payer, 'Pay From': 'escrow' })).toMatchObject({
			payFrom: 'escrow',
			beneficiaryInn: '1234567890',
		});
	});
});

describe('rows that are no payouts', () => {
	test.each([
		[{ Номер: '', ФИО: 'Итого', Карта: '' }],
		[{ Номер: 'ИТОГО:', ФИО: '', Карта: '' }],
		[{ Номер: '', ФИО: 'Руководитель', Сумма: '', Карта: '' }],
	])('%j is refused as a whole', (row) => {
		expect(problemsOf(row)).toEqual([' row.noPayout']);
	});

	test('a reference without details, and details without a reference, are payouts with problems', () => {
		expect(problemsOf({ Карта: '' })).toEqual(['payoutMethod method.missing']);
		expect(read({ ...base, ...CARD, Номер: '' }).values).not.toHaveProperty('reference');
		expect(read({ ...base, ...CARD, Номер: '' }).method).toBe('cardNumber');
	});

	test('too few and too many cells are refused', () => {
		const layout = recogniseColumns(['Номер', 'Сумма', 'ФИО', 'Карта']);
		if (!layout.ok) throw new Error('no layout');
		const count = (cells: unknown[]) => readRow(layout.value, cells).problems;
		expect(count(['A', '5', 'Иванов'])).toEqual([
			{ field: '', code: 'row.wrongCellCount', cells: 3, expected: 4 },
		]);
		expect(count(['A', '5', 'Иванов', '4242424242424242', 'x'])).toHaveLength(1);
		expect(count(['A', '5', 'Иванов', '4242424242424242', '', ' '])).toEqual([]);
	});
});

test('a clean item read once more gives the same values', () => {
	for (const details of [
		ACCOUNT,
		PHONE,
		CARD,
		{ ЮMoney: '410011310001114' },
		{ 'Tax Period': 'КВ.03.2026' },
	]) {
		const first = read({
			...base,
			...details,
			'ИНН самозанятого': '',
			Назначение: 'За работы',
		}).values;
		expect(read(first as Row).values).toEqual(first);
	}
});
