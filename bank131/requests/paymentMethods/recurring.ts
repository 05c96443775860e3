import { compact } from '../../lib/json';
import { FieldChecks } from '../../values/fieldProblems';
import { checkOpaque } from '../../values/identifiers';
import type { CheckedPaymentMethod } from './paymentSource';
import { checkSecurityCode } from './securityCode';

/**
 * A repeated payment by the token of an earlier one (bank's page "Recurring payments"). `merchant`: without the payer
 * (MIT); `client`: the payer is present and may have to pass 3-D Secure (CIT).
 */
export function payByRecurringToken(input: {
	recurringPayment: unknown;
	initiator: 'merchant' | 'client';
	securityCode: unknown;
}): CheckedPaymentMethod {
	const checks = new FieldChecks();
	const recurrent = compact({
		token: checks.take('recurringPayment', checkOpaque(input.recurringPayment, 'Recurring token')),
		initiator: input.initiator === 'client' ? 'client' : undefined,
		security_code: checks.takeOptional('securityCode', input.securityCode, checkSecurityCode),
	});
	return checks.result({ details: { type: 'recurrent', recurrent }, masked: 'recurring token' });
}
