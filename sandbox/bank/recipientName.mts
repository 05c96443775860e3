import { textAt } from '../lib/json.mts';
import type { Payout } from '../store/model.mts';

export const recipientName = (payout: Payout): string | undefined =>
	textAt(payout.participants, 'recipient.full_name') ??
	textAt(payout.details, 'bank_account.ru.full_name');
