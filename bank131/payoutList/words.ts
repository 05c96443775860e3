import { invalid, ok, type Result } from '../lib/result';
import { currencies } from '../values/currencies';
import { redactNumbers } from '../values/mask';
import { valueText } from '../values/text';
import { foldName, foldedNames } from './foldName';
import type { PayoutMethod } from './fields';
import type { RowProblem } from './problems';

/** A field whose cells hold one of several words. */
export type WordField =
	| 'accountHolder'
	| 'confirmation'
	| 'currency'
	| 'issueReceipt'
	| 'payFrom'
	| 'payerType'
	| 'taxPeriodType'
	| 'urgent';

const YES_OR_NO = {
	yes: 'yes|true|1|y|да|д|истина',
	no: 'no|false|0|n|нет|н|ложь',
};

/**
 * The values of a field, each with the words that people write for it, separated by `|`. Compared as `foldName` folds.
 */
const WORDS: Readonly<Record<WordField, Readonly<Record<string, string>>>> = {
	accountHolder: {
		individual:
			'individual|person|физлицо|физическое лицо|физ. лицо|фл|гражданин|самозанятый|самозанятая|НПД',
		soleProprietor:
			'soleProprietor|sole proprietor|ИП|индивидуальный предприниматель|sole proprietor (ИП)',
		legalEntity: `legalEntity|legal entity|company|organization|юрлицо|юридическое лицо|юр. лицо|юл|компания
			|организация|ООО|АО|ПАО`,
	},
	confirmation: {
		automatic: 'automatic|auto|confirm automatically|авто|автоматически|автоматическое',
		manual: `manual|manually|leave for approval|вручную|ручное|ручная|ручной|на согласование|на согласовании
			|нужно согласование|требуется согласование`,
	},
	currency: Object.fromEntries(
		Object.entries(currencies).map(([code, { names }]) => [code.toUpperCase(), names.join('|')]),
	),
	issueReceipt: YES_OR_NO,
	payFrom: {
		collateral:
			'collateral|collateral account|обеспечительный|обеспечительный счёт|обеспечительный взнос',
		escrow: 'escrow|escrow account|nominal|номинальный|номинальный счёт',
		settlement: 'settlement|settlement account|расчётный|расчётный счёт',
	},
	payerType: {
		legal: 'legal|company|legal entity|юрлицо|юридическое лицо|компания|организация|ИП',
		foreign: 'foreign|foreign organization|иностранная организация|нерезидент',
		individual: 'individual|person|физлицо|физическое лицо',
	},
	taxPeriodType: { month: 'month|месяц|мес', quarter: 'quarter|квартал|кв' },
	urgent: YES_OR_NO,
};

/** More names of currencies: their numbers in ISO 4217, and words that no amount is marked with. */
const MORE_CURRENCY_WORDS: Readonly<Record<string, string>> = {
	RUB: '643|810|рубли|российский рубль|rubles',
	USD: '840|доллар|доллары|доллар США',
	EUR: '978|euro',
};

const EXACT_SIGNS = new Map([
	['+', 'yes'],
	['-', 'no'],
	['−', 'no'],
	['–', 'no'],
]);

const foldedWords = new Map<WordField, Map<string, string>>();

function wordsOf(field: WordField): Map<string, string> {
	const known = foldedWords.get(field);
	if (known) return known;
	const words = new Map<string, string>();
	for (const [value, list] of Object.entries(WORDS[field])) {
		const more = field === 'currency' ? `|${MORE_CURRENCY_WORDS[value]}` : '';
		for (const word of foldedNames(list + more)) if (word !== '') words.set(word, value);
	}
	foldedWords.set(field, words);
	return words;
}

/** The value of a word in a cell, in the spelling of the form; yes and no become `true` and `false`. */
export function readWord(field: WordField, cell: unknown): Result<string | boolean, RowProblem> {
	const text = valueText(cell);
	const value = (isYesOrNo(field) && EXACT_SIGNS.get(text)) || wordsOf(field).get(foldName(text));
	if (value === undefined)
		return invalid({
			code: 'word.unknown',
			text: shortenedText(text),
			accepted: acceptedWords(field),
		});
	return ok(isYesOrNo(field) ? value === 'yes' : value);
}

const isYesOrNo = (field: WordField): boolean => WORDS[field] === YES_OR_NO;

/** Characters of a cell that a problem shows. */
const MAX_SHOWN = 40;

/** The text of a cell as a problem shows it. A number may stand in the wrong column. */
export const shortenedText = (text: string): string => redactNumbers(text).slice(0, MAX_SHOWN);

const acceptedWords = (field: WordField): string[] =>
	isYesOrNo(field) ? ['yes', 'no'] : Object.keys(WORDS[field]);

/**
 * Names of payout methods, each for the methods that it can mean: a "card" may be given by its number or by a token,
 * and the details of the row decide. The values of the form's parameter are compared before these.
 */
const METHOD_WORDS: ReadonlyArray<readonly [methods: PayoutMethod[], words: string]> = [
	[
		['cardNumber', 'cardToken', 'cardHash'],
		`card|bank card|to card|карта|на карту|банковская карта|на банковскую карту|перевод на карту|выплата на карту
		|пластиковая карта`,
	],
	[['cardNumber'], 'card number|by card number|номер карты|по номеру карты'],
	[['cardToken'], 'card token|saved card|токен карты|по токену карты|привязанная карта'],
	[['cardHash'], 'card hash|card widget hash|хэш карты|хеш карты'],
	[
		['bankAccount', 'bankAccountToken'],
		`bank account|account|to account|bank transfer|счёт|на счёт|банковский счёт|на банковский счёт|расчётный счёт
		|на расчётный счёт|р/с|лицевой счёт|по реквизитам|реквизиты|банковский перевод|перевод на счёт|номер счёта
		|по номеру счёта`,
	],
	[
		['bankAccountIban'],
		'bank account by iban|by iban|iban|на iban|по iban|счёт iban|зарубежный счёт',
	],
	[['bankAccountToken'], 'bank account token|account token|токен счёта|по токену счёта'],
	[
		['fps'],
		`fps|sbp|faster payments|faster payments system|faster payments (SBP) by phone|phone|by phone|СБП|по СБП|через СБП
		|телефон|по телефону|на телефон|номер телефона|по номеру телефона|быстрые платежи|система быстрых платежей`,
	],
	[
		['yoomoney'],
		`yoomoney|yoomoney wallet|yandex money|ЮMoney|ЮМани|кошелёк ЮMoney|на ЮMoney|Яндекс.Деньги|кошелёк ЮМани`,
	],
	[['qiwi'], 'qiwi|qiwi wallet|киви|киви кошелёк|кошелёк qiwi|кошелёк киви'],
	[['moneta'], 'moneta|moneta wallet|moneta.ru|монета|монета.ру|кошелёк moneta'],
	[['steam'], 'steam|steam wallet|стим|кошелёк steam'],
	[
		['yoomoney', 'qiwi', 'moneta', 'steam'],
		'wallet|e-wallet|кошелёк|на кошелёк|электронный кошелёк|на электронный кошелёк',
	],
	[['tax', 'taxFull'], 'tax|налог|в бюджет|налоговый платёж'],
	[['tax'], 'tax (VAT of foreign companies)|НДС иностранных компаний|налог на гугл'],
	[['taxFull'], 'tax (full details)|налог по полным реквизитам'],
];

let foldedMethods: Map<string, PayoutMethod[]> | undefined;

/** The methods that a word in a cell can mean; `undefined` for an unknown word. */
export function methodsOfWord(text: string): PayoutMethod[] | undefined {
	if (!foldedMethods) {
		foldedMethods = new Map();
		for (const [methods, words] of METHOD_WORDS) {
			for (const word of foldedNames(words)) foldedMethods.set(word, methods);
		}
	}
	return foldedMethods.get(foldName(text));
}
