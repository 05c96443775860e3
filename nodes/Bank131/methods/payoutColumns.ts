import type { ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import {
	commonFields,
	fieldsOfMethod,
	payoutListFields,
	payoutMethodValues,
	type PayoutField,
	type PayoutMethod,
} from '../../../bank131/payoutList/fields';
import { columnLabel } from '../operations/payout/list/columnLabels';

/** Columns that every row needs. */
const REQUIRED: readonly PayoutField[] = ['reference', 'amount'];

/** Columns that a new mapping shows; the others are added by a click. */
const SHOWN: ReadonlySet<PayoutField> = new Set<PayoutField>([
	...REQUIRED,
	'recipientName',
	'payoutMethod',
	'account',
	'bik',
	'purpose',
	'phone',
	'fpsBankId',
	'cardNumber',
]);

/** Short names of methods: n8n cuts long labels. */
const SHORT_NAMES: Readonly<Record<PayoutMethod, string>> = {
	bankAccount: 'account',
	bankAccountIban: 'account',
	bankAccountToken: 'account',
	cardNumber: 'card',
	cardToken: 'card',
	cardHash: 'card',
	fps: 'FPS',
	tax: 'tax',
	taxFull: 'full tax',
	moneta: 'Moneta',
	qiwi: 'QIWI',
	steam: 'Steam',
	yoomoney: 'YooMoney',
};

/** Methods that a label names before it says that there are more. */
const MAX_NAMED_METHODS = 2;

/** The columns of Map Each Column: what every payout has, and the details of all methods. */
export const getPayoutColumns = (): ResourceMapperFields => ({
	fields: payoutListFields.map(toMapperField),
});

const toMapperField = (id: PayoutField): ResourceMapperField => ({
	id,
	displayName: labelWithMethods(id),
	required: REQUIRED.includes(id),
	defaultMatch: false,
	canBeUsedToMatch: false,
	display: true,
	type: 'string',
	removed: !SHOWN.has(id),
});

/** The label, and for which methods the column is needed. */
function labelWithMethods(id: PayoutField): string {
	const methods = payoutMethodValues.filter((method) => fieldsOfMethod(method).includes(id));
	if ((commonFields as readonly string[]).includes(id) || methods.length === 0) {
		return columnLabel(id);
	}
	const names = [...new Set(methods.map((method) => SHORT_NAMES[method]))];
	const more = names.length > MAX_NAMED_METHODS ? ', …' : '';
	return `${columnLabel(id)} (${names.slice(0, MAX_NAMED_METHODS).join(', ')}${more})`;
}
