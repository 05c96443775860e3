import { checkFpsBankId, checkPhone, checkPurpose } from '../checks';
import { maskPhone } from '../mask';
import type { CheckedDestination } from '../order';
import { FieldChecks } from './fieldChecks';

/** Longest purpose of an FPS payout (bank's page "Payouts via FPS by phone number"). */
const MAX_PURPOSE = 140;

/** Faster Payments System (СБП) by phone. Such payouts are never returned. */
export function fpsByPhone(input: {
	phone: unknown;
	fpsBankId: unknown;
	purpose: unknown;
}): CheckedDestination {
	const checks = new FieldChecks();
	const phone = checks.take('phone', checkPhone(input.phone));
	const fps = {
		phone,
		bank_id: checks.take('fpsBankId', checkFpsBankId(input.fpsBankId)),
		description: checks.take('purpose', checkPurpose(input.purpose, MAX_PURPOSE)),
	};
	return checks.destination({
		details: {
			type: 'bank_account',
			bank_account: { system_type: 'faster_payment_system', faster_payment_system: fps },
		},
		masked: phone === '' ? '' : maskPhone(phone),
	});
}
