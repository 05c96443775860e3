import { textAt } from '../lib/json.mts';
import type { Payout } from '../store/model.mts';

/** Name of the recipient, from the participants or from the account details. */
export const recipientName = (payout: Payout): string | undefined =>
	textAt(payout.participants, 'recipient.full_name') ??
	textAt(payout.details, 'bank_account.ru.full_name');
