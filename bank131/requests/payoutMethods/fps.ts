import { checkFpsBankId, checkFullName, checkPhone, checkPurpose } from '../../values/identifiers';
import { maskPhone } from '../../values/mask';
import { FieldValidator } from '../fieldValidator';
import type { CheckedDestination, Destination } from '../order';

/** Longest purpose of an FPS payout (bank's page "Payouts via FPS by phone number"). */
const MAX_PURPOSE = 140;

/** The fields of an FPS payout. */
export interface FpsInput {
	phone: unknown;
	fpsBankId: unknown;
	purpose: unknown;
	/** Not needed by FPS itself, only for a receipt. */
	recipientName: unknown;
}

/** Faster Payments System (СБП) by phone. Such payouts are never returned. */
export function fpsByPhone(input: FpsInput): CheckedDestination<'fps'> {
	const validator = new FieldValidator();
	const phone = validator.take('phone', checkPhone(input.phone));
	const fps = {
		phone,
		bank_id: validator.take('fpsBankId', checkFpsBankId(input.fpsBankId)),
		description: validator.take('purpose', checkPurpose(input.purpose, MAX_PURPOSE)),
	};
	return validator.result<Destination<'fps'>>({
		kind: 'fps',
		details: {
			type: 'bank_account',
			bank_account: { system_type: 'faster_payment_system', faster_payment_system: fps },
		},
		displayText: phone === '' ? '' : maskPhone(phone),
		identity: [phone],
		recipientName: validator.takeOptional('recipientName', input.recipientName, checkFullName),
	});
}
