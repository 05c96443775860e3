/** Generators of valid values, each with its own arithmetic: none of it comes from bank131/. */
import fc from 'fast-check';

const digit = fc.integer({ min: 0, max: 9 });
const digits = (length: number) => fc.array(digit, { minLength: length, maxLength: length });

/** Texts that break careless serialisers: Cyrillic, emoji, line separators, lone surrogates, quotes, slashes. */
const anyText = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 30 }),
	fc.constantFrom(
		'Иванов Иван',
		'😀',
		'\u2028\u2029',
		'\ud800',
		'\udc00x',
		'\\"/',
		'\u0000',
		' ',
		'\ufeff',
		'{}',
	),
);

const anyNumber = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, 0.1 + 0.2, 1e21, 5e-324));

/** Request bodies: objects and arrays, nested, with undefined fields. */
export const anyJson = fc.letrec((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		anyText,
		anyNumber,
		fc.boolean(),
		fc.constantFrom(null, undefined),
		tie('array'),
		tie('object'),
	),
	array: fc.array(tie('value'), { maxLength: 5 }),
	object: fc.dictionary(anyText, tie('value'), { maxKeys: 6 }),
	body: fc.oneof(tie('object'), tie('object'), tie('array')),
})).body as fc.Arbitrary<Record<string, unknown> | unknown[]>;

function luhnDigit(payload: number[]): number {
	let sum = 0;
	for (let i = payload.length - 1, double = true; i >= 0; i--, double = !double) {
		const value = double ? payload[i] * 2 : payload[i];
		sum += Math.floor(value / 10) + (value % 10);
	}
	return (10 - (sum % 10)) % 10;
}

/** Card numbers of `min` to `max` digits with a right check digit. */
export function cardNumber(min = 14, max = 19): fc.Arbitrary<string> {
	return fc
		.integer({ min, max })
		.chain((length) => digits(length - 1))
		.map((payload) => [...payload, luhnDigit(payload)].join(''));
}

/** A card number written in groups, as people write it. */
export const groupedCardNumber = fc
	.tuple(
		cardNumber(13, 19),
		fc.constantFrom(' ', '-', '\u00a0', '  ', ' - '),
		fc.integer({ min: 1, max: 7 }),
	)
	.map(([number, separator, size]) =>
		(number.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(separator),
	);

function innDigit(payload: number[], weights: number[]): number {
	const sum = weights.map((weight, i) => weight * payload[i]).reduce((a, b) => a + b, 0);
	return (sum % 11) % 10;
}

const region = fc.integer({ min: 1, max: 92 }).map((n) => [Math.floor(n / 10), n % 10]);

export const companyInn = fc.tuple(region, digits(7)).map(([start, rest]) => {
	const payload = [...start, ...rest];
	return [...payload, innDigit(payload, [2, 4, 10, 3, 5, 9, 4, 6, 8])].join('');
});

export const personInn = fc.tuple(region, digits(8)).map(([start, rest]) => {
	const payload = [...start, ...rest];
	payload.push(innDigit(payload, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]));
	return [...payload, innDigit(payload, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])].join('');
});

/** BIK of a commercial bank: its last three digits are 050 or more. */
export const bankBik = fc
	.tuple(digits(4), fc.integer({ min: 50, max: 999 }))
	.map(([middle, bank]) => `04${middle.join('')}${String(bank).padStart(3, '0')}`);

/** A ruble account with the right control key in its ninth digit, and the BIK it belongs to. */
export const accountWithBik = fc
	.tuple(bankBik, fc.constantFrom('40817', '42301', '42305', '40802', '40702'), digits(11))
	.map(([bik, kind, rest]) => {
		const control = (key: number) => {
			const all = `${bik.slice(-3)}${kind}810${key}${rest.join('')}`;
			return [...all].reduce((sum, char, i) => sum + Number(char) * [7, 1, 3][i % 3], 0) % 10;
		};
		// By the rule of the Bank of Russia: the units of the sum with a zero key, times three, its units are the key.
		const key = (control(0) * 3) % 10;
		return { bik, account: `${kind}810${key}${rest.join('')}` };
	});
