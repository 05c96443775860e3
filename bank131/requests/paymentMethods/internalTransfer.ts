import { FieldChecks } from '../../values/fieldProblems';
import { checkPurpose } from '../../values/identifiers';
import type { CheckedPaymentMethod } from './paymentSource';

/** Assumption: as long as the purpose of a transfer to an account. */
export const MAX_DESCRIPTION = 210;

/** Money of your own: from a settlement or an escrow account (bank's page "Objects", InternalTransferInfo). */
export function payByInternalTransfer(input: {
	from: 'escrow' | 'settlement';
	description: unknown;
}): CheckedPaymentMethod {
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
