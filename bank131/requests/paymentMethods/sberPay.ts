import { compact } from '../../lib/json';
import { checkPhone } from '../../values/identifiers';
import { FieldValidator } from '../fieldValidator';
import type { CheckedPaymentMethod } from '../payment';

/** Channel: the PHP SDK says `mobile_web`, a copy of the page `web_mobile`; the SDK's spelling is sent. */
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
