import { compact, type JsonObject } from '../../lib/json';
import { FieldChecks } from '../../values/fieldProblems';
import { checkPhone } from '../../values/identifiers';
import type { CheckedPaymentMethod } from './paymentSource';

/** Channel: the PHP SDK says `mobile_web`, a copy of the page `web_mobile`; the SDK's spelling is sent. */
export type SberPayChannel = 'app' | 'web' | 'mobile_web';

export function payBySberPay(input: {
	channel: SberPayChannel;
	phone: unknown;
}): CheckedPaymentMethod {
	const checks = new FieldChecks();
	const phone = checks.takeOptional('payerPhone', input.phone, checkPhone);
	return checks.result({
		details: internetBanking('sber_pay', compact({ channel: input.channel, phone })),
		masked: 'SberPay',
	});
}

export const internetBanking = (type: string, data: JsonObject): JsonObject => ({
	type: 'internet_banking',
	internet_banking: { type, [type]: data },
});
