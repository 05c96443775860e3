/** Names of FPS banks as people write them, against the names of the real directory. */
import type { FpsBank } from '../../bank131/services/fps.ts';
import { createFpsBankFinder } from '../../bank131/services/fpsBankNames.ts';
import { FPS_BANK_SPELLINGS } from '../../bank131/services/fpsBankSpellings.ts';
import { checkFpsBankName, isFpsBankName } from '../../bank131/values/identifiers.ts';
import { FPS_DIRECTORY } from '../support/fpsBankDirectory.mts';

const find = createFpsBankFinder(FPS_DIRECTORY);

/** The listed name of the bank that a name finds, or the problem. */
function foundName(name: string): string {
	const found = find(name);
	return found.ok ? found.value.russianName : found.problem.code;
}

const bank = (bankId: string, russianName: string, name = russianName): FpsBank => ({
	bankId,
	name,
	russianName,
});

const FOUND: Array<[bank: string, ...names: string[]]> = [
	['Сбербанк', 'Сбербанк', 'СБЕРБАНК', 'сбер', 'Сбер ', 'ПАО Сбербанк', 'ПАО «Сбербанк России»'],
	[
		'Сбербанк',
		'Sberbank',
		'SBER',
		'Cбepбанк',
		'Сбер Банк',
		'Публичное акционерное общество Сбербанк',
	],
	[
		'Т-Банк',
		'Т-Банк',
		'T-Банк',
		'Т–Банк',
		'Т Банк',
		'Тбанк',
		'АО «Т-Банк»',
		'T-Bank',
		'tbank',
		'"Т-Банк"',
	],
	[
		'Т-Банк',
		'Тинькофф',
		'тинькофф банк',
		'Тинькоф',
		'Tinkoff',
		'TINKOFF BANK',
		'АО «Тинькофф Банк»',
	],
	['Т-Банк', 'Т-Банк (Тинькофф)', 'Тинькофф / Т-Банк', 'Т‑Банк', 'Ｔ-Bank'],
	['Банк ВТБ', 'ВТБ', 'втб', 'BTБ', 'Банк ВТБ (ПАО)', 'ВТБ 24', 'втб24', 'VTB', 'ВТБ-Банк'],
	['АЛЬФА-БАНК', 'Альфа', 'Альфа-Банк', 'Альфабанк', 'Альфа банк', 'Alfa-Bank', 'АО АЛЬФА–БАНК'],
	['Райффайзен Банк', 'Райффайзенбанк', 'Райффайзен', 'Райфайзен', 'Raiffeisenbank'],
	['Газпромбанк', 'Газпромбанк', 'ГПБ', 'Банк ГПБ (АО)', 'Газпром банк'],
	['Банк ПСБ', 'ПСБ', 'Промсвязьбанк', 'ПАО Промсвязьбанк'],
	['РСХБ', 'Россельхозбанк', 'АО «Россельхозбанк»', 'рсхб'],
	[
		'МОСКОВСКИЙ КРЕДИТНЫЙ БАНК',
		'МКБ',
		'Московский Кредитный Банк',
		'ПАО "МОСКОВСКИЙ КРЕДИТНЫЙ БАНК"',
	],
	['МТС-Банк', 'МТС Банк', 'МТС-банк', 'MTS Bank', 'МТС'],
	['МТС Деньги (ЭКСИ Банк)', 'МТС Деньги', 'мтс деньги (экси банк)'],
	['Озон Банк (Ozon)', 'Озон', 'Ozon', 'OZON Банк', 'Озон Банк', 'ООО «Озон Банк»'],
	['Яндекс', 'Яндекс Банк', 'Yandex', 'Яндекс Пэй'],
	['НКО ЮМани', 'ЮMoney', 'ЮМани', 'Яндекс.Деньги', 'ООО НКО «ЮМани»'],
	['КБ УБРиР', 'УБРИР', 'Уральский банк реконструкции и развития', 'ПАО КБ «УБРиР»'],
	['КБ Пойдём!', 'Пойдём', 'Пойдем!', 'банк пойдем', 'АО КБ «Поидём!»'.replace('и', 'й')],
	['Банк ДОМ.РФ', 'ДОМ.РФ', 'Дом РФ', 'банк дом рф'],
	['Банк Санкт-Петербург (БСПБ)', 'Банк Санкт-Петербург', 'БСПБ', 'Санкт Петербург'],
	['АБ РОССИЯ', 'Россия', 'Банк Россия', 'АБ «РОССИЯ»', 'Акционерное общество «Россия»'],
	['Кредит Европа Банк (Россия)', 'Кредит Европа Банк', 'Кредит Европа'],
	['АК БАРС БАНК', 'Ак Барс', 'Акбарс', 'АК-БАРС', 'ПАО «АК БАРС» БАНК'],
	['АКБ Приморье', 'Приморье', 'Банк Приморье', 'ПАО АКБ «Приморье»'],
	['Банк Точка', 'Точка', 'ООО «Банк Точка»', 'Tochka'],
	['Банк Пэйджин', 'Банк Пэйджин', 'Пэйджин'],
	['Инго Банк', 'Ингосстрах Банк', 'Инго'],
	['КБ Хлынов', 'Коммерческий банк «Хлынов»', 'АО КБ Хлынов'],
	['Банк 131', 'Банк 131', 'Bank 131', 'ООО "Банк 131"'],
	['МБ Банк', 'МБ', 'АО МБ Банк'],
	['Контур.Банк', 'Контур Банк', 'контур'],
	['ОТП Банк (OTP Bank)', 'ОТП', 'OTP Bank', 'АО «ОТП Банк»'],
	['Ренессанс Банк (Ренессанс Кредит)', 'Ренессанс', 'Ренессанс Кредит'],
];

const REFUSED: Array<[problem: string, ...names: string[]]> = [
	// Typing mistakes, a part of a name, and a word for any bank.
	['fpsBankName.unknown', 'Сбирбанк', 'Сбе', 'Газпром', 'Банк', 'банк', 'Т', 'Тин', 'Альфа-Банк 2'],
	// Banks of which the directory has only others with similar names.
	[
		'fpsBankName.unknown',
		'Примор',
		'Приморья',
		'Стандарт',
		'Урал',
		'Кредит',
		'Санкт',
		'Мс Банк',
		'РУС',
	],
	// Ended in a merger: the customers' registrations may be with either bank.
	['fpsBankName.unknown', 'Росбанк', 'Открытие', 'Почта Банк', 'Хоум Кредит', 'РНКБ'],
	// In brackets only: another product of the same bank, or a word of the name.
	['fpsBankName.unknown', 'ЭКСИ Банк', 'Вайлдберриз (кошелёк)', 'Сбербанк (карта МИР)'],
	['fpsBankName.unknown', 'ПАО', 'АО «»', '——', 'constructor', '__proto__', 'toString'],
	// Two banks.
	['fpsBankName.ambiguous', 'АТБ', 'АТБ банк', 'Сбербанк / ВТБ', 'Сбербанк (Россия)'],
];

describe('finds', () => {
	test.each(FOUND.flatMap(([listed, ...names]) => names.map((name) => [name, listed] as const)))(
		'%s: %s',
		(name, listed) => {
			expect(foundName(name)).toBe(listed);
		},
	);

	test('every bank by its own name, in capitals, in small letters and without "Банк" around it', () => {
		for (const { russianName } of FPS_DIRECTORY) {
			for (const name of [russianName, russianName.toUpperCase(), russianName.toLowerCase()]) {
				expect(foundName(` ${name} `)).toBe(russianName);
				expect(foundName(`ПАО «${name}»`)).toBe(russianName);
			}
		}
	});
});

describe('refuses', () => {
	test.each(REFUSED.flatMap(([code, ...names]) => names.map((name) => [name, code] as const)))(
		'%s: %s',
		(name, code) => {
			expect(foundName(name)).toBe(code);
		},
	);

	test('a name of two banks lists both; an unknown name lists the similar ones, at most six', () => {
		expect(find('АТБ')).toMatchObject({
			problem: {
				name: 'АТБ',
				candidates: ['Азиатско-Тихоокеанский Банк (100000000108)', 'Автоторгбанк (100000000181)'],
			},
		});
		expect(find('Приморский')).toMatchObject({
			problem: { similar: ['АКБ Приморье (100000000226)'] },
		});
		const many = Array.from({ length: 40 }, (_, n) => bank(`${100000000500 + n}`, `Урал ${n}`));
		expect(createFpsBankFinder(many)('Урал')).toMatchObject({
			problem: { similar: { length: 6 } },
		});
	});

	test('brackets of a listed name are no name: without its own bank "Россия" is unknown', () => {
		const others = FPS_DIRECTORY.filter(({ russianName }) => russianName !== 'АБ РОССИЯ');
		for (const name of ['Россия', 'Банк Россия', 'АБ «РОССИЯ»', 'АО «Россия»']) {
			expect(createFpsBankFinder(others)(name).ok).toBe(false);
		}
	});

	test('a bank that is not listed is never replaced by another, whatever its spelling', () => {
		const others = FPS_DIRECTORY.filter(
			({ russianName }) => !/Сбербанк|Т-Банк|ВТБ/.test(russianName),
		);
		const findOthers = createFpsBankFinder(others);
		for (const [listed, ...names] of FOUND) {
			if (!['Сбербанк', 'Т-Банк', 'Банк ВТБ'].includes(listed)) continue;
			for (const name of names) expect([name, findOthers(name).ok]).toEqual([name, false]);
		}
		expect(createFpsBankFinder([])('Сбер')).toMatchObject({ problem: { similar: [] } });
	});
});

describe('the order of the steps', () => {
	test('the name as it is written comes before names that only look the same', () => {
		const twins = [bank('100000000001', 'Альфа-Банк'), bank('100000000002', 'АЛЬФА БАНК')];
		const findTwin = createFpsBankFinder(twins);
		expect(findTwin('АЛЬФА БАНК')).toMatchObject({ value: { bankId: '100000000002' } });
		expect(findTwin('Альфа-Банк')).toMatchObject({ value: { bankId: '100000000001' } });
		expect(findTwin('альфа-банк')).toMatchObject({ problem: { code: 'fpsBankName.ambiguous' } });
	});

	test('a listed name comes before the table: a bank that is really called Tinkoff is not T-Bank', () => {
		const renamed = [
			bank('100000000004', 'Т-Банк'),
			bank('100000000999', 'Тинькофф Инвест', 'Tinkoff'),
		];
		expect(createFpsBankFinder(renamed)('Tinkoff')).toMatchObject({
			value: { bankId: '100000000999' },
		});
		expect(createFpsBankFinder(renamed)('Тинькофф')).toMatchObject({ ok: false });
	});

	test('a list that still has the former name is found by the new one', () => {
		const former = createFpsBankFinder([bank('100000000004', 'Тинькофф Банк', 'Tinkoff Bank')]);
		for (const name of ['Т-Банк', 'T-Bank', 'Тинькофф', 'TBank']) {
			expect(former(name)).toMatchObject({ value: { bankId: '100000000004' } });
		}
	});

	test('the text of the list in the form, and a bank that the list has twice', () => {
		const findListed = createFpsBankFinder([
			bank('100000000027', 'Кредит Европа Банк (Россия)', 'Credit Europe Bank'),
			bank('100000000027', 'Кредит Европа Банк (Россия)', 'Credit Europe Bank'),
			bank('100000000095', 'АБ РОССИЯ'),
		]);
		for (const name of ['Кредит Европа Банк (Россия) (Credit Europe Bank)', 'credit europe']) {
			expect(findListed(name)).toMatchObject({ value: { bankId: '100000000027' } });
		}
	});
});

test('the table names each bank once, and only АТБ means two banks', () => {
	const names = FPS_BANK_SPELLINGS.flat().map((name) => name.toLowerCase());
	const repeated = names.filter((name, index) => names.indexOf(name) !== index);
	expect(repeated).toEqual(['атб']);
	for (const [first] of FPS_BANK_SPELLINGS) expect(find(first)).toMatchObject({ ok: true });
});

test('text with letters is a name; digits, also shortened by a spreadsheet, are an ID', () => {
	const names = ['Сбер', 'T2', ' VTB ', 'ID 100000000069', 'e5'];
	const ids = [
		'100000000069',
		'100 000 000 069',
		'1E+11',
		'1,0E+11',
		'1e11',
		'',
		'—',
		100000000069,
		null,
		['Сбер'],
	];
	expect(names.filter((name) => !isFpsBankName(name))).toEqual([]);
	expect(ids.filter(isFpsBankName)).toEqual([]);
	for (const unusable of [
		'Сбер\nбанк',
		'\ufffd\ufffd банк',
		'undefined',
		'#Н/Д',
		'null',
		'а'.repeat(256),
	]) {
		expect([unusable, checkFpsBankName(unusable).ok]).toEqual([unusable, false]);
	}
	expect(checkFpsBankName('Т\u00a0Банк')).toEqual({ ok: true, value: 'Т Банк' });
});

describe('a misspelt name: the bank is not guessed, but listed first among the similar ones', () => {
	test.each([
		['Сбирбанк', 'Сбербанк'],
		['Збербанк', 'Сбербанк'],
		['Себрбанк', 'Сбербанк'],
		['ВБТ', 'Банк ВТБ'],
		['Тенькоф', 'Т-Банк'],
		['алфа банк', 'АЛЬФА-БАНК'],
		['Рафайзен', 'Райффайзен Банк'],
		['Газпробанк', 'Газпромбанк'],
		['Совкамбанк', 'Совкомбанк'],
		['Юникридит', 'ЮниКредит Банк'],
	])('%s: %s', (name, bank) => {
		const found = find(name);
		const similar = found.ok ? [] : (found.problem as { similar: string[] }).similar;
		expect(similar[0]).toMatch(new RegExp(`^${bank} \\(`));
	});

	test.each(['Магазин', 'Касса', 'Наличные', 'Банк', 'ООО'])('%s: no bank is like it', (name) => {
		expect(find(name)).toMatchObject({ ok: false, problem: { similar: [] } });
	});
});
