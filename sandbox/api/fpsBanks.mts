/** A bank as `fps/banks` lists it. */
interface FpsBank {
	id: string;
	eng_name: string;
	ru_name: string;
}

/** Invented banks. The first two IDs are from the samples of the docs (api/06). */
const TEST_BANKS: FpsBank[] = [
	{ id: '100000000069', eng_name: 'Sandbox Sova', ru_name: 'Тестовый банк «Сова»' },
	{ id: '100000000197', eng_name: 'Sandbox Fox', ru_name: 'Тестовый банк «Лиса»' },
	{ id: '100000000131', eng_name: 'Sandbox Hare', ru_name: 'Тестовый банк «Заяц»' },
];

/**
 * IDs and Russian names of real banks, as the directory of FPS members has them (qr.nspk.ru/proxyapp/c2bmembers.json,
 * state of 2026-09-28). Assumption: the bank's list has the same names. The English names are invented, as that
 * directory has none.
 */
const REAL_BANKS: FpsBank[] = [
	{ id: '100000000111', eng_name: 'Sberbank', ru_name: 'Сбербанк' },
	{ id: '100000000004', eng_name: 'T-Bank', ru_name: 'Т-Банк' },
	{ id: '110000000005', eng_name: 'VTB Bank', ru_name: 'Банк ВТБ' },
	{ id: '100000000008', eng_name: 'Alfa-Bank', ru_name: 'АЛЬФА-БАНК' },
	{ id: '100000000007', eng_name: 'Raiffeisen Bank', ru_name: 'Райффайзен Банк' },
	{ id: '100000000001', eng_name: 'Gazprombank', ru_name: 'Газпромбанк' },
	{ id: '100000000010', eng_name: 'PSB Bank', ru_name: 'Банк ПСБ' },
	{ id: '100000000013', eng_name: 'Sovcombank', ru_name: 'Совкомбанк' },
	{ id: '100000000020', eng_name: 'RSHB', ru_name: 'РСХБ' },
	{ id: '100000000025', eng_name: 'Credit Bank of Moscow', ru_name: 'МОСКОВСКИЙ КРЕДИТНЫЙ БАНК' },
	{ id: '100000000017', eng_name: 'MTS-Bank', ru_name: 'МТС-Банк' },
	{ id: '100000000289', eng_name: 'MTS Money', ru_name: 'МТС Деньги (ЭКСИ Банк)' },
	{ id: '100000000273', eng_name: 'Ozon Bank', ru_name: 'Озон Банк (Ozon)' },
	{ id: '100000000150', eng_name: 'Yandex', ru_name: 'Яндекс' },
	{ id: '100000000022', eng_name: 'YooMoney', ru_name: 'НКО ЮМани' },
	{ id: '100000000108', eng_name: 'Asian-Pacific Bank', ru_name: 'Азиатско-Тихоокеанский Банк' },
	{ id: '100000000181', eng_name: 'Avtotorgbank', ru_name: 'Автоторгбанк' },
	{ id: '100000000143', eng_name: 'Bank 131', ru_name: 'Банк 131' },
];

/** The answer of `fps/banks` (api/03 3). */
export const FPS_BANKS: readonly FpsBank[] = [...TEST_BANKS, ...REAL_BANKS];
