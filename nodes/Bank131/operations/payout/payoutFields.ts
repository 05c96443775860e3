import type { INodeProperties } from 'n8n-workflow';

import { amount, amountUnit, currency, reference } from '../../fields/amount';
import { additionalFields, commonExtras, customerReference } from '../../fields/extras';
import { recipientDetails, senderDetails } from '../../fields/participants';
import { failOnDeclined, planFields, timeLimit } from '../../fields/plan';
import { verifyCheckDigits } from '../../fields/policy';
import { listReceiptFields, receiptFieldsUnless } from '../../fields/receipt';
import { outputFields } from '../../fields/session';
import { EACH_ROW, payoutMethodFields } from '../../payoutMethods';
import { eachRowFields, onlyEachRow } from './eachRow/eachRowFields';
import { payFromFields } from './payFrom';

const payoutExtras = additionalFields([currency, customerReference, ...commonExtras]);

const payoutOutputFields = outputFields([amountUnit, failOnDeclined, timeLimit, verifyCheckDigits]);

/** The field as one that the form hides while the columns of a list give its value. */
function unlessEachRow(field: INodeProperties): INodeProperties {
	return { ...field, displayOptions: { hide: { payoutMethod: [EACH_ROW] } } };
}

const eachRowReceiptFields = listReceiptFields.map((field) => ({
	...field,
	displayOptions: onlyEachRow,
}));

/** The fields of every payout operation, essentials first. */
export const payoutFields = [
	unlessEachRow({ ...reference, hint: 'Each Reference is paid only once' }),
	unlessEachRow(amount),
	...payoutMethodFields,
	...eachRowFields,
	...payFromFields,
	...receiptFieldsUnless({ payoutMethod: [EACH_ROW] }),
	...eachRowReceiptFields,
	...planFields,
	payoutExtras,
	recipientDetails,
	senderDetails,
	...payoutOutputFields,
];
