import { isObject } from '../../../lib/json';
import { momentOf } from '../../../values/dates';
import { FieldValidator } from '../../fieldValidator';
import { checkOpaque } from '../../../values/identifiers';
import type { CheckedPaymentMethod } from '../../payment';

/** A card behind the payment token of a device, which is text or a JSON object. */
export function securedCard(
	type: 'google_pay' | 'apple_pay',
	token: unknown,
	masked: string,
): CheckedPaymentMethod {
	const checks = new FieldValidator();
	const isJson = isObject(token) && !momentOf(token) && Object.keys(token).length > 0;
	const text = isJson ? JSON.stringify(token) : typeof token === 'string' ? token.trim() : '';
	if (text === '') checks.take('deviceToken', checkOpaque(token, 'paymentToken'));
	return checks.result({
		details: { type: 'secured_card', secured_card: { type, [type]: { token: text } } },
		masked,
		identity: [text],
	});
}
