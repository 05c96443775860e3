import type { INodeProperties } from 'n8n-workflow';

import type { PayingAccount } from '../../../../bank131/requests/order';
import { needsTransferPurpose } from '../../../../bank131/requests/payout';
import { checkInn } from '../../../../bank131/values/identifiers';
import { readOwnAccountNumber } from '../../fields/ownAccount';
import { readCheckPolicy } from '../../fields/policy';
import { readRequiredText } from '../../fields/text';
import { isEmpty, type ItemParameters } from '../../parameters/itemParameters';
import { EACH_ROW, payoutMethods } from '../../payoutMethods';

const KEEP_FOR_REFERENCE =
	'Keep it the same for a Reference: the bank may count a Reference once for each.';

export const payFrom: INodeProperties = {
	displayName: 'Pay From',
	name: 'payFrom',
	type: 'options',
	options: [
		{
			name: 'Collateral Account',
			value: 'collateral',
			description:
				'The guarantee deposit; the usual case. FPS rows of a list: the settlement account.',
		},
		{
			name: 'Escrow Account',
			value: 'escrow',
			description: 'Money of a beneficiary (номинальный счёт) whom the bank has identified',
		},
		{
			name: 'Settlement Account',
			value: 'settlement',
			description: 'Your current account at Bank 131',
		},
	],
	default: 'collateral',
	description: `Which of your accounts pays. Escrow and settlement must be part of your agreement with the bank. ${KEEP_FOR_REFERENCE}`,
};

/**
 * Pay From of an FPS payout, which the bank pays from a settlement or escrow account only. The values are those of
 * `payFrom`, because saved workflows have them: `collateral` names no account in the request, as the bank's sample of a
 * payout from the settlement account does.
 */
const payFromForFps: INodeProperties = {
	...payFrom,
	options: [
		{
			name: 'Escrow Account',
			value: 'escrow',
			description: 'Money of a beneficiary (номинальный счёт) whom the bank has identified',
		},
		{
			name: 'Settlement Account',
			value: 'collateral',
			description: 'Your current account at Bank 131; the usual case',
		},
		{
			name: 'Settlement Account by Number',
			value: 'settlement',
			description: 'One of several current accounts at Bank 131',
		},
	],
	description: `Which of your accounts pays. Phone payouts must be part of your agreement with the bank. ${KEEP_FOR_REFERENCE}`,
};

/** Not by `show`: n8n counts that as fulfilled if Payout Method is an expression, and would show both fields. */
const onlyForFps = { hide: { payoutMethod: [{ _cnd: { not: 'fps' } }] } };
const exceptForFps = { hide: { payoutMethod: ['fps'] } };

const shownForOwnAccount = { show: { payFrom: ['escrow', 'settlement'] } };

const sourceAccount: INodeProperties = {
	displayName: 'Your Account Number',
	name: 'sourceAccount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 40702810300200000013',
	description:
		'The account that pays, 20 digits. Needed when you have several, and for phone payouts from escrow.',
	displayOptions: shownForOwnAccount,
};

const beneficiaryInn: INodeProperties = {
	displayName: 'Beneficiary INN',
	name: 'beneficiaryInn',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1234567890',
	description: 'Needed. INN (ИНН) of the owner of the money on the escrow account.',
	displayOptions: { show: { payFrom: ['escrow'] } },
};

/** Values of the payout methods that need a Transfer Purpose, sorted. */
const methodsWithTransferPurpose = payoutMethods
	.filter(({ kind }) => needsTransferPurpose(kind))
	.map(({ value }) => value)
	.sort();

const transferPurpose: INodeProperties = {
	displayName: 'Transfer Purpose',
	name: 'transferPurpose',
	type: 'string',
	default: '',
	placeholder: 'e.g. Transfer under the offer agreement',
	description: 'Needed. Purpose of the transfer from your account to the card.',
	displayOptions: {
		show: {
			payFrom: ['escrow', 'settlement'],
			payoutMethod: [...methodsWithTransferPurpose, EACH_ROW],
		},
	},
};

export const payFromFields = [
	{ ...payFrom, displayOptions: exceptForFps },
	{ ...payFromForFps, displayOptions: onlyForFps },
	sourceAccount,
	beneficiaryInn,
	transferPurpose,
];

/** Reads the account that pays. Collects every problem in `param`. */
export function readPayFrom(param: ItemParameters): PayingAccount {
	const accounts = ['collateral', 'settlement', 'escrow'] as const;
	const kind = param.choice('payFrom', param.raw('payFrom'), accounts, 'collateral');
	if (kind === 'collateral') return { kind };
	if (param.flag('issueReceipt')) {
		const isFps = param.optionValue('payoutMethod') === 'fps';
		param.addProblem(
			'issueReceipt',
			'A receipt cannot be issued from this account',
			`Choose ${isFps ? 'Settlement' : 'Collateral'} Account in Pay From, or issue the receipt with Receipt: Create.`,
		);
	}
	const { name } = sourceAccount;
	const account = isEmpty(param.raw(name)) ? '' : readOwnAccountNumber(param, name);
	const hasTransferPurpose = methodsWithTransferPurpose.includes(param.optionValue('payoutMethod'));
	return {
		kind,
		...(account !== '' && { account }),
		...(kind === 'escrow' && {
			beneficiaryInn: param.checked(
				'beneficiaryInn',
				checkInn(param.raw('beneficiaryInn'), readCheckPolicy(param)),
				'',
			),
		}),
		...(hasTransferPurpose && {
			purpose: readRequiredText(
				param,
				'transferPurpose',
				'Say what the money is for, e.g. Transfer under the offer agreement.',
			),
		}),
	};
}
