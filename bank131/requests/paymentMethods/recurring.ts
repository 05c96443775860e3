import { compact } from '../../lib/json';
import { FieldValidator } from '../fieldValidator';
import { checkOpaque } from '../../values/identifiers';
import type { CheckedPaymentMethod } from '../payment';
import { checkSecurityCode } from './parts/securityCode';

/**
 * A repeated payment by the token of an earlier one (bank's page "Recurring payments"). `merchant`: without the payer
 * (MIT); `client`: the payer is present and may have to pass 3-D Secure (CIT).
 */
export function payByRecurringToken(input: {
	recurringPayment: unknown;
	initiator: 'merchant' | 'client';
	securityCode: unknown;
}): CheckedPaymentMethod {
	const checks = new FieldValidator();
	const token = checks.take(
		'recurringPayment',
		checkOpaque(input.recurringPayment, 'recurringToken'),
	);
	const recurrent = compact({
		token,
		initiator: input.initiator === 'client' ? 'client' : undefined,
		security_code: checks.takeOptional('securityCode', input.securityCode, checkSecurityCode),
	});
	return checks.result({
		details: { type: 'recurrent', recurrent },
		masked: 'recurring token',
		identity: [token],
	});
}
