import { momentOf } from '../../values/dates';
import { checkOpaque, checkPhone, checkPurpose } from '../../values/identifiers';
import { FieldChecks } from '../../values/fieldProblems';
import { compact, isObject, type JsonObject } from '../../lib/json';
import type { CheckedFields } from '../order';
import type { PaymentSource } from '../payment';
import { checkSecurityCode } from './card';

type Checked = CheckedFields<PaymentSource>;

const ready = (details: JsonObject, masked: string): Checked => ({
	ok: true,
	value: { details, masked },
});

/**
 * A repeated payment by the token of an earlier one (bank's page "Recurring payments"). `merchant`: without the payer
 * (MIT); `client`: the payer is present and may have to pass 3-D Secure (CIT).
 */
export function payByRecurringToken(input: {
	recurringPayment: unknown;
	initiator: 'merchant' | 'client';
	securityCode: unknown;
}): Checked {
	const checks = new FieldChecks();
	const recurrent = compact({
		token: checks.take('recurringPayment', checkOpaque(input.recurringPayment, 'Recurring token')),
		initiator: input.initiator === 'client' ? 'client' : undefined,
		security_code: checks.takeOptional('securityCode', input.securityCode, checkSecurityCode),
	});
	return checks.result({ details: { type: 'recurrent', recurrent }, masked: 'recurring token' });
}

/** QR code of the Faster Payments System (bank's page "Payments via FPS by QR code"). */
export const payByFpsQr = (description: string): Checked =>
	ready(
		{
			type: 'faster_payment_system',
			faster_payment_system: description === '' ? {} : { description },
		},
		'FPS QR code',
	);

/** Channel: the PHP SDK says `mobile_web`, a copy of the page `web_mobile`; the SDK's spelling is sent. */
export type SberPayChannel = 'app' | 'web' | 'mobile_web';

export function payBySberPay(input: { channel: SberPayChannel; phone: unknown }): Checked {
	const checks = new FieldChecks();
	const phone = checks.takeOptional('payerPhone', input.phone, checkPhone);
	return checks.result({
		details: internetBanking('sber_pay', compact({ channel: input.channel, phone })),
		masked: 'SberPay',
	});
}

/** The page's sample leaves the nested object out. */
export const payByTPay = (): Checked =>
	ready({ type: 'internet_banking', internet_banking: { type: 'tpay' } }, 'T-Pay');

export const payByYooMoney = (): Checked =>
	ready({ type: 'wallet', wallet: { type: 'yoomoney', yoomoney: {} } }, 'YooMoney');

/** Google Pay is documented, Apple Pay known from the PHP SDK only. */
export function payByDevice(type: 'google_pay' | 'apple_pay', token: unknown): Checked {
	const checks = new FieldChecks();
	const isJson = isObject(token) && !momentOf(token) && Object.keys(token).length > 0;
	const text = isJson ? JSON.stringify(token) : typeof token === 'string' ? token.trim() : '';
	if (text === '') checks.take('deviceToken', checkOpaque(token, 'Payment token'));
	return checks.result({
		details: { type: 'secured_card', secured_card: { type, [type]: { token: text } } },
		masked: type === 'google_pay' ? 'Google Pay' : 'Apple Pay',
	});
}

/** Assumption: as long as the purpose of a transfer to an account. */
const MAX_DESCRIPTION = 210;

/** Money of your own: from a settlement or an escrow account (bank's page "Objects", InternalTransferInfo). */
export function payByInternalTransfer(input: {
	from: 'escrow' | 'settlement';
	description: unknown;
}): Checked {
	const checks = new FieldChecks();
	const type =
		input.from === 'escrow' ? 'transfer_from_nominal_account' : 'transfer_from_bank_account';
	const description = checks.take(
		'transferDescription',
		checkPurpose(input.description, MAX_DESCRIPTION),
	);
	return checks.result({
		details: { type: 'internal_transfer', internal_transfer: { type, [type]: { description } } },
		masked: 'internal transfer',
	});
}

const internetBanking = (type: string, data: JsonObject): JsonObject => ({
	type: 'internet_banking',
	internet_banking: { type, [type]: data },
});
