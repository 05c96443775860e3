import { cellNumber, valueText } from '../../bank131/values/text.ts';
import { itemParametersOf } from '../support/itemParameters.mts';

describe('valueText', () => {
	it.each<[unknown, string]>([
		[' manual ', 'manual'],
		[2026, '2026'],
		[true, 'true'],
		[10n, '10'],
		[undefined, ''],
		[null, ''],
		[['manual'], 'a list'],
		[[], 'a list'],
		[{ toString: () => 'manual' }, 'an object'],
		[{ [Symbol.toPrimitive]: () => 'true' }, 'an object'],
		[new Date(0), 'an object'],
	])('of %p is %p', (input, text) => {
		expect(valueText(input)).toBe(text);
	});
});

describe('cellNumber', () => {
	it.each([[['2026']], [[5]], [{ valueOf: () => 5 }], [true], [new Date(5)]])(
		'of %p is no number',
		(input) => {
			expect(cellNumber(input)).toBeNaN();
		},
	);
});

describe('a list or an object as a parameter', () => {
	it.each([
		[['true'], '"a list" is neither true nor false'],
		[[true], '"a list" is neither true nor false'],
		[{ toString: (): string => 'true' }, '"an object" is neither true nor false'],
	])('%p is no boolean', (value, message) => {
		const param = itemParametersOf({ urgent: value as never });
		expect(param.flag('urgent')).toBe(false);
		expect(param.problems).toEqual([expect.objectContaining({ field: 'urgent', message })]);
	});

	it.each([[['cardNumber']], [{ toString: () => 'cardNumber' }], [[['cardNumber']]]])(
		'%p is no option',
		(value) => {
			expect(itemParametersOf({ method: value as never }).optionValue('method')).not.toBe(
				'cardNumber',
			);
		},
	);
});
