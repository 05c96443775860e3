import { compact } from '../../lib/json';
import { checkToken } from '../../values/identifiers';
import { FieldValidator } from '../fieldValidator';
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
	const validator = new FieldValidator();
	const token = validator.take(
		'recurringPayment',
		checkToken(input.recurringPayment, 'recurringToken'),
	);
	const recurrent = compact({
		token,
		initiator: input.initiator === 'client' ? 'client' : undefined,
		security_code: validator.takeOptional('securityCode', input.securityCode, checkSecurityCode),
	});
	return validator.result({
		details: { type: 'recurrent', recurrent },
		displayText: 'recurring token',
		identity: [token],
	});
}
