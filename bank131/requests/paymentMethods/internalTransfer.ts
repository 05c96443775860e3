import { checkPurpose } from '../../values/identifiers';
import { FieldValidator } from '../fieldValidator';
import type { CheckedPaymentMethod } from '../payment';

/** Assumption: as long as the purpose of a transfer to an account. */
const MAX_DESCRIPTION = 210;

/** The partner's own money, from a settlement or an escrow account (bank's page "Objects", InternalTransferInfo). */
export function payByInternalTransfer(input: {
	from: 'escrow' | 'settlement';
	description: unknown;
}): CheckedPaymentMethod {
	const validator = new FieldValidator();
	const type =
		input.from === 'escrow' ? 'transfer_from_nominal_account' : 'transfer_from_bank_account';
	const description = validator.take(
		'transferDescription',
		checkPurpose(input.description, MAX_DESCRIPTION),
	);
	const details = {
		type: 'internal_transfer',
		internal_transfer: { type, [type]: { description } },
	};
	return validator.result({ details, displayText: 'internal transfer', identity: [type] });
}
