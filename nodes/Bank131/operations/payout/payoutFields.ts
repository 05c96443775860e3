import { amount, amountUnit, currency, reference } from '../../fields/amount';
import { optionsField } from '../../fields/batchOptions';
import { additionalFields, commonExtras, customerReference } from '../../fields/extras';
import { recipientDetails, senderDetails } from '../../fields/participants';
import { failOnDeclined, planFields, timeLimit } from '../../fields/plan';
import { verifyCheckDigits } from '../../fields/policy';
import { receiptFields } from '../../fields/receipt';
import { simplify } from '../../fields/session';
import { payoutMethodFields } from '../../payoutMethods';
import { payFromFields } from './payFrom';

const payoutExtras = additionalFields([currency, customerReference, ...commonExtras]);

const payoutOptions = optionsField([
	amountUnit,
	failOnDeclined,
	simplify,
	timeLimit,
	verifyCheckDigits,
]);

/** The fields of every payout operation, essentials first. */
export const payoutFields = [
	reference,
	amount,
	...payoutMethodFields,
	...payFromFields,
	...receiptFields,
	...planFields,
	payoutExtras,
	recipientDetails,
	senderDetails,
	payoutOptions,
];
