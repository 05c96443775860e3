import type { ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import {
	commonFields,
	payoutMethodFields,
	payoutMethodValues,
	type PayoutField,
	type PayoutMethod,
} from '../../../bank131/payoutList/fields';
import { columnLabel, methodName } from '../operations/payout/list/columnLabels';

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
const SHORT_NAMES: Readonly<Partial<Record<PayoutMethod, string>>> = {
	bankAccount: 'account',
	bankAccountToken: 'account token',
	cardNumber: 'card',
	cardToken: 'card token',
	cardHash: 'card hash',
	fps: 'FPS',
	tax: 'tax',
	taxFull: 'tax, full',
};

/** Methods that a label names before it says that there are more. */
const MAX_NAMED_METHODS = 2;

/** The columns of Map Each Column: what every payout has, and the details of all methods. */
export function getPayoutColumns(): ResourceMapperFields {
	const fields = new Set<PayoutField>([
		...REQUIRED,
		...commonFields,
		...payoutMethodValues.flatMap((method) => fieldsOf(method)),
	]);
	return { fields: [...fields].map(toMapperField) };
}

const fieldsOf = (method: PayoutMethod): PayoutField[] => [
	...payoutMethodFields[method].needs,
	...payoutMethodFields[method].others,
];

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
	const methods = payoutMethodValues.filter((method) => fieldsOf(method).includes(id));
	if ((commonFields as readonly string[]).includes(id) || methods.length === 0) {
		return columnLabel(id);
	}
	const names = methods
		.slice(0, MAX_NAMED_METHODS)
		.map((method) => SHORT_NAMES[method] ?? methodName(method))
		.join(', ');
	return `${columnLabel(id)} (${names}${methods.length > MAX_NAMED_METHODS ? ', …' : ''})`;
}
