import { compact } from '../../lib/json';
import { checkPhone } from '../../values/identifiers';
import { FieldValidator } from '../fieldValidator';
import type { CheckedPaymentMethod } from '../payment';

/** Channel, as the bank's page on SberPay spells it (its oldest states have `web_mobile`). */
export type SberPayChannel = 'app' | 'web' | 'mobile_web';

/** SberPay. The phone is optional. */
export function payBySberPay(input: {
	channel: SberPayChannel;
	phone: unknown;
}): CheckedPaymentMethod {
	const validator = new FieldValidator();
	const phone = validator.takeOptional('payerPhone', input.phone, checkPhone);
	const data = compact({ channel: input.channel, phone });
	const details = {
		type: 'internet_banking',
		internet_banking: { type: 'sber_pay', sber_pay: data },
	};
	return validator.result({ details, displayText: 'SberPay', identity: [phone ?? 'sber_pay'] });
}
