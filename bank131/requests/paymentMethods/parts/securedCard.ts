import { isObject } from '../../../lib/json';
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
		identity: [text],
	});
}
