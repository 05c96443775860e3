import { isObject, parseObject, type Json } from '../../../lib/json';
import { momentOf } from '../../../values/dates';
import { checkToken } from '../../../values/identifiers';
import { FieldValidator } from '../../fieldValidator';
import type { CheckedPaymentMethod } from '../../payment';

/** A card behind the payment token of a device, which is text or a JSON object. */
export function securedCard(
	type: 'google_pay' | 'apple_pay',
	token: unknown,
	displayText: string,
): CheckedPaymentMethod {
	const validator = new FieldValidator();
	const isJson = isObject(token) && !momentOf(token) && Object.keys(token).length > 0;
	const text = isJson ? JSON.stringify(token) : typeof token === 'string' ? token.trim() : '';
	if (text === '') validator.take('deviceToken', checkToken(token, 'paymentToken'));
	return validator.result({
		details: { type: 'secured_card', secured_card: { type, [type]: { token: text } } },
		displayText,
		identity: [payloadOf(isJson ? token : (parseObject(text) ?? text))],
	});
}

/**
 * The longest text in a token, which is its encrypted part. The names, the order and the other parts of the JSON could
 * be changed without making another token.
 */
function payloadOf(part: Json | undefined): string {
	if (typeof part === 'string') return part;
	if (typeof part !== 'object' || part === null) return '';
	return Object.values(part)
		.map(payloadOf)
		.reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}
