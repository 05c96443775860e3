import {
	payoutMethodValues,
	type HelperColumn,
	type PayoutMethod,
} from '../../../../../bank131/payoutList/fields';
import { labelOf } from '../../../form/labels';
import { payoutMethods } from '../../../payoutMethods';
import { payoutFields } from '../payoutFields';

/** Labels of columns that are no field of the form. */
const ownLabels: Readonly<Record<HelperColumn, string>> = {
	lastName: 'Last Name',
	firstName: 'First Name',
	middleName: 'Middle Name',
	token: 'Token',
	wallet: 'Wallet',
	yoomoneyWallet: 'YooMoney Wallet',
	qiwiWallet: 'QIWI Wallet',
	monetaWallet: 'Moneta Wallet',
	steamWallet: 'Steam Wallet',
	taxPeriod: 'Tax Period',
	anyInn: 'INN',
};

/** What messages call a column or field of a list. */
export const columnLabel = (column: string): string =>
	(ownLabels as Readonly<Record<string, string>>)[column] ?? labelOf(payoutFields, column);

/** The name of a payout method in the form. */
export const methodName = (method: PayoutMethod): string =>
	payoutMethods.find(({ value }) => value === method)?.name ?? method;

/** The names of all payout methods. */
export const methodNames = (): string => payoutMethodValues.map(methodName).join(', ');
