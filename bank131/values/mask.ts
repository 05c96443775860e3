import type { Json } from '../lib/json';
import { isLuhnValid } from './checkDigits';

/** Card numbers have 13 (old Visa) to 19 digits. */
const SHORTEST_CARD = 13;
const LONGEST_CARD = 19;

/** Digits in groups, separated as people write card numbers. No part can match in two ways, so it is linear. */
const DIGIT_GROUPS = /\d+(?:[ \t\u00a0\u2009\u202f\u2010-\u2015-]{1,3}\d+)*/g;
const DIGITS = /\d+/g;
/** A card number that is masked already: its digits must not be joined with the next ones. */
const MASKED = /((?<!\d)\d{6}\*{3,9}\d{4}(?!\d))/;
const WORDS = /[\w-]+/g;
/** The bank's IDs `ps_3230`, `po_2018`, `pm_2705`, `rf_203`, `test_ps_1` (api/02), however long their numbers are. */
const BANK_ID = /^(?:test_)?(?:ps|po|pm|rf)_\d+$/;
/** A token of the bank (64 hexadecimal digits) or a UUID. */
const HEX_ID = /^(?:[\da-f]{32,}|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})$/i;

const HIDDEN = '***';

/** `4242424242424242` → `424242******4242`, which PCI DSS allows to show. `***` if it is too short for a card. */
export function maskCard(number: string): string {
	const digits = number.replace(/\D/g, '');
	if (digits.length < SHORTEST_CARD) return keepIfMasked(number) ?? HIDDEN;
	return digits.slice(0, 6) + '*'.repeat(digits.length - 10) + digits.slice(-4);
}

/** `40817810100000270411` → `40817***0411`; also for wallets. `***` if it is too short. */
export function maskAccount(account: string): string {
	return maskMiddle(account.replace(/\s/g, ''), 5);
}

/** `79680000000` → `7968***0000`. `***` if it has fewer than 10 digits. */
export function maskPhone(phone: string): string {
	const digits = phone.replace(/\D/g, '');
	return digits.length < 10 ? (keepIfMasked(phone) ?? HIDDEN) : maskMiddle(digits, 4);
}

/** The text if it is masked already, otherwise `undefined`. */
function keepIfMasked(text: string): string | undefined {
	return text.includes('*') ? text : undefined;
}

function maskMiddle(text: string, visiblePrefix: number): string {
	return text.length < visiblePrefix + 6
		? HIDDEN
		: text.slice(0, visiblePrefix) + HIDDEN + text.slice(-4);
}

/**
 * `text` with every card number masked: 13–19 digits, together or in groups, that pass the Luhn check. Used for every
 * message that leaves the package. Other long numbers (accounts, IDs) and tokens in hexadecimal digits stay readable.
 */
export function redact(text: string): string {
	return text
		.split(MASKED)
		.map((part, index) => (index % 2 === 1 ? part : redactBetweenIds(part)))
		.join('');
}

function redactBetweenIds(text: string): string {
	let result = '';
	let copied = 0;
	const redactUpTo = (end: number) =>
		(result += text.slice(copied, end).replace(DIGIT_GROUPS, redactCards));
	for (const { 0: word, index } of text.matchAll(WORDS)) {
		if (!isId(word)) continue;
		redactUpTo(index);
		copied = index + word.length;
		result += word;
	}
	return redactUpTo(text.length);
}

/**
 * Whether the word is an ID or a token, whose digits may pass the Luhn check by chance. A hexadecimal one has at least
 * four letters; otherwise it is taken for a number.
 */
const isId = (word: string): boolean =>
	BANK_ID.test(word) || (HEX_ID.test(word) && word.replace(/[\d-]/g, '').length >= 4);

/** 20 digits with the code of a currency as the 6th to 8th, together or in the groups in which accounts are written. */
const ACCOUNT = /(?<!\d)\d{5}([ .-]?)(?:810|643|840|978)\1\d\1\d{4}\1\d{7}(?!\d)/g;

/** `text` with every card number and every number of a bank account masked: for cells whose meaning is not known. */
export const redactNumbers = (text: string): string =>
	redact(text).replace(ACCOUNT, (account) => maskAccount(account.replace(/\D/g, '')));

/** Masks the card numbers in digit groups, which may hold several numbers. */
function redactCards(text: string): string {
	const groups = [...text.matchAll(DIGITS)].map((match) => ({
		digits: match[0],
		start: match.index ?? 0,
		end: (match.index ?? 0) + match[0].length,
	}));
	let result = '';
	let copied = 0;
	for (let first = 0; first < groups.length; first++) {
		const last = lastGroupOfCard(groups, first);
		if (last === undefined) continue;
		const digits = groups.slice(first, last + 1).map((group) => group.digits);
		result += text.slice(copied, groups[first].start) + maskCard(digits.join(''));
		copied = groups[last].end;
		first = last;
	}
	return result + text.slice(copied);
}

/** Index of the last group of the longest card number that begins with group `first`; checks at most 19 groups. */
function lastGroupOfCard(groups: Array<{ digits: string }>, first: number): number | undefined {
	let digits = '';
	let lastOfCard: number | undefined;
	for (let last = first; last < groups.length; last++) {
		if (digits.length + groups[last].digits.length > LONGEST_CARD) break;
		digits += groups[last].digits;
		if (digits.length >= SHORTEST_CARD && isLuhnValid(digits)) lastOfCard = last;
	}
	return lastOfCard;
}

/**
 * The one list of secrets: names of fields, of the bank and of our outputs, whose value is never shown to a model or in
 * an error (api/01 "Sensitive data", plus tokens, which allow paying or charging, and keys). A public token is none: it
 * is made for a web page.
 */
const SECRET =
	/^(security_code|cvc|cvv|expiration_(date|month|year)|x-partner-sign|private_?key|passphrase|saved(card|account))$|(?<!public_?)token$|hash$/i;

/** Names of fields that are shown with their middle masked. */
const MASK_BY_NAME: ReadonlyArray<readonly [name: RegExp, mask: (text: string) => string]> = [
	[/^(card_?)?number$/i, maskCard],
	[/account(_?number|_eks)?$|^iban$/i, maskAccount],
	[/phone$|^msisdn$/i, maskPhone],
];

/**
 * Our outputs of IDs and of links for the payer, which are shown as they are. One in ten long numbers looks like a card
 * number, and an ID is needed to find its item.
 */
const ID_OR_LINK =
	/^(reference|(bank|refund|customer)Reference|(session|payout|payment|refund|request|subscription|notification|transaction)Id|rrn|arn|receipt(Id|Link)|redirect(Url|BaseUrl)|qr(Content|Image))$/;

/** Whether a field of this name holds a secret. */
export const isSecretField = (name: string): boolean => SECRET.test(name);

/** Fields of the form whose names differ from those of the bank. */
const SECRET_PARAMETER = /^(securityCode|expiration(Month|Year)|tokenValue)$/;

/** Whether a field or parameter of this name is shown masked or not at all: a card, account, phone or secret. */
export const isMaskedField = (name: string): boolean =>
	isSecretField(name) ||
	SECRET_PARAMETER.test(name) ||
	MASK_BY_NAME.some(([pattern]) => pattern.test(name));

/** Nesting below this level is replaced by `***`. */
const MAX_DEPTH = 64;

/**
 * A copy of JSON data that may be shown or logged. Secrets become `***`. Card numbers, accounts and phones are masked,
 * and card numbers inside any other text except IDs and links. `number` with up to 6 digits (a tax period) stays as it
 * is.
 */
export function redactDeep<T>(value: T): T {
	return redactAt(value, '', 0) as T;
}

function redactAt(value: unknown, key: string, depth: number): unknown {
	if (depth > MAX_DEPTH) return HIDDEN;
	if (value === undefined || value === null || value === '') return value;
	if (isSecretField(key)) return HIDDEN;
	if (Array.isArray(value)) return value.map((entry) => redactAt(entry, key, depth + 1));
	if (typeof value === 'object') {
		return Object.fromEntries(
			Object.entries(value).map(([name, entry]) => [name, redactAt(entry, name, depth + 1)]),
		);
	}
	if (ID_OR_LINK.test(key)) return value;
	const mask = MASK_BY_NAME.find(([name]) => name.test(key))?.[1];
	if (typeof value === 'string') return mask ? mask(value) : redact(value);
	if (typeof value !== 'number') return value;
	const digits = String(value);
	if (mask && digits.length > 6) return mask(digits);
	return redact(digits) === digits ? value : redact(digits);
}

/**
 * A copy of JSON data of a user in which every card number and bank account is masked, in names of fields too.
 * Everything else stays as it is. Objects that are written as text, such as dates, become that text.
 */
export function maskNumbers(value: unknown, depth = 0): Json {
	if (depth > MAX_DEPTH) return HIDDEN;
	if (typeof value === 'string') return redactNumbers(value);
	if (typeof value === 'number') {
		const masked = redactNumbers(String(value));
		return masked === String(value) ? value : masked;
	}
	if (typeof value === 'bigint') return redactNumbers(String(value));
	if (typeof value !== 'object' || value === null) return value as Json;
	if (Array.isArray(value)) return value.map((one) => maskNumbers(one, depth + 1));
	const { toJSON } = value as { toJSON?: unknown };
	if (typeof toJSON === 'function') return maskNumbers(toJSON.call(value), depth + 1);
	return Object.fromEntries(
		Object.entries(value).map(([name, one]) => [redactNumbers(name), maskNumbers(one, depth + 1)]),
	);
}
