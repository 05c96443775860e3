/**
 * Banks of the Faster Payments System with the names under which they are known. Each line is one bank: its name in the
 * directory of FPS members, its brand and abbreviation, its English name, and former names of the same legal entity.
 * No bank is named here that ended in a merger: the registrations of its customers may be with either bank.
 *
 * Source of the members' names: the directory of NSPK, the operator of FPS (qr.nspk.ru/proxyapp/c2bmembers.json, state
 * of 2026-09-28, read in the public mirror eav93/sbp). The other names are those that the banks and their customers
 * use. IDs are not listed here: they come from the bank's own list only.
 */
export const FPS_BANK_SPELLINGS: ReadonlyArray<readonly string[]> = [
	['Сбербанк', 'Сбер', 'Сбербанк России', 'Sberbank', 'Sber'],
	['Т-Банк', 'Тинькофф Банк', 'Тинькоф', 'T-Bank', 'Tinkoff Bank'],
	['Банк ВТБ', 'ВТБ 24', 'VTB Bank'],
	['АЛЬФА-БАНК', 'Alfa-Bank', 'Alpha Bank'],
	[
		'Райффайзен Банк',
		'Райффайзенбанк',
		'Райфайзен',
		'Райфайзенбанк',
		'Raiffeisen',
		'Raiffeisenbank',
	],
	['Газпромбанк', 'ГПБ', 'Gazprombank', 'GPB'],
	['Банк ПСБ', 'Промсвязьбанк', 'PSB', 'Promsvyazbank'],
	['Совкомбанк', 'Sovcombank'],
	['РСХБ', 'Россельхозбанк', 'RSHB', 'Rosselkhozbank'],
	['МОСКОВСКИЙ КРЕДИТНЫЙ БАНК', 'МКБ', 'MKB', 'Credit Bank of Moscow'],
	['ЮниКредит Банк', 'ЮниКредитБанк', 'UniCredit Bank'],
	['МТС-Банк', 'MTS Bank'],
	['Банк Санкт-Петербург', 'БСПБ', 'BSPB'],
	['БАНК УРАЛСИБ', 'Uralsib'],
	['АК БАРС БАНК', 'Ak Bars Bank'],
	['Ренессанс Банк', 'Ренессанс Кредит', 'Renaissance Bank'],
	['КБ УБРиР', 'Уральский банк реконструкции и развития', 'UBRD', 'UBRR'],
	['Банк Русский Стандарт', 'Russian Standard Bank'],
	['Озон Банк', 'Ozon Bank'],
	['Яндекс', 'Яндекс Пэй', 'Yandex Bank', 'Yandex Pay'],
	['НКО ЮМани', 'ЮMoney', 'YooMoney', 'Яндекс Деньги'],
	['ВБ Банк', 'Вайлдберриз Банк', 'WB Банк', 'Wildberries Bank'],
	['ОТП Банк', 'OTP Bank'],
	['Банк ДОМ.РФ', 'DOM.RF Bank'],
	['Банк Синара', 'СКБ-Банк', 'Sinara Bank'],
	['Инго Банк', 'Ингосстрах Банк', 'Банк Союз', 'Ingo Bank'],
	['ТКБ БАНК', 'Транскапиталбанк', 'TKB Bank'],
	['Банк Точка', 'Tochka Bank'],
	['КБ Модульбанк', 'Modulbank'],
	['АКБ Абсолют Банк', 'Absolut Bank'],
	['Банк НОВИКОМ', 'Новикомбанк', 'Novikombank'],
	['Банк ВБРР', 'Всероссийский банк развития регионов', 'VBRR'],
	['БКС Банк', 'BCS Bank'],
	['Банк ЗЕНИТ', 'Zenit Bank'],
	['КБ ЛОКО-Банк', 'Locko-Bank'],
	['АБ РОССИЯ', 'Rossiya Bank'],
	// The abbreviation of two banks.
	['Азиатско-Тихоокеанский Банк', 'АТБ'],
	['Автоторгбанк', 'АТБ'],
];

/** Words that say what kind of company a bank is. СКБ, ТКБ and МКБ are not among them: they are names of banks. */
export const LEGAL_FORMS: readonly string[] = [
	...['ПАО', 'АО', 'ОАО', 'ЗАО', 'НПАО', 'ООО', 'КБ', 'АКБ', 'АБ', 'УКБ', 'АИКБ', 'ИКБР', 'КБЭР'],
	...['НКО', 'ПНКО', 'РНКО', 'PAO', 'PJSC', 'JSC', 'OJSC', 'OAO', 'ZAO', 'OOO', 'LLC'],
];

/** The same in full. A phrase stands before those that it contains. */
export const LEGAL_FORM_PHRASES: readonly string[] = [
	'публичное акционерное общество',
	'открытое акционерное общество',
	'закрытое акционерное общество',
	'акционерное общество',
	'общество с ограниченной ответственностью',
	'акционерный коммерческий банк',
	'коммерческий банк',
];
