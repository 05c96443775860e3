// Assumption: no real sample of confirm_information was found. The values below are invented; the
// structure is that of the docs (api/02, api/14.4).
import type { Bank } from './bank.mts';
import { isObject, textAt, valueAt, type JsonObject } from '../lib/json.mts';
import type { Payout, Session } from '../store/model.mts';
import { recipientName } from './recipientName.mts';

const BANK_131 = {
	bank_name: 'ООО «Банк 131»',
	bik: '049205131',
	correspondent_account_number: '30101810822029205131',
};

/**
 * Whether a payout shows `confirm_information`: payouts by …/nominal and …/rko do. The page of FPS payouts from the
 * settlement account sends plain methods and shows none. Assumption: it is shown if `sender.account` names the account.
 */
export function isTransferConfirmed(bank: Bank, session: Session, payout: Payout): boolean {
	const sender = textAt(payout.participants, 'sender.account');
	const isNamed = sender !== undefined && sender === bank.accounts[session.account].number;
	return session.createdFor !== 'collateral' || (session.account !== 'collateral' && isNamed);
}

/** The details of the order, with the account of the transfer. */
function transferDetails({ details, otherTransfer }: Payout): JsonObject | undefined {
	const ru = valueAt(details, 'bank_account.ru');
	const bankAccount = valueAt(details, 'bank_account');
	const account = otherTransfer?.account;
	if (account === undefined || !isObject(ru) || !isObject(bankAccount)) return details;
	return { ...details, bank_account: { ...bankAccount, ru: { ...ru, account } } };
}

/** Builds `confirm_information` with v2 field names; `renderConfirmInformation` converts it to v1. */
export function buildConfirmInformation(bank: Bank, session: Session, payout: Payout): JsonObject {
	const ru = 'bank_account.ru';
	const sender = {
		account_number:
			textAt(payout.participants, 'sender.account') ?? bank.accounts[session.account].number,
		name: textAt(payout.participants, 'sender.full_name') ?? 'ООО «Песочница»',
		...BANK_131,
	};
	const details = transferDetails(payout);
	const recipient = {
		account_number: textAt(details, `${ru}.account`) ?? '30232810100000000131',
		name: recipientName(payout) ?? 'Получатель',
		...BANK_131,
		bik: textAt(payout.details, `${ru}.bik`) ?? BANK_131.bik,
	};
	const source = session.payments[0]?.details;
	const description =
		textAt(source, 'internal_transfer.transfer_from_nominal_account.description') ??
		textAt(source, 'internal_transfer.transfer_from_bank_account.description');
	const information: JsonObject = {
		transfer_details: {
			payout_details: details,
			customer: sender,
			recipient,
			purpose:
				description === undefined
					? (textAt(payout.details, `${ru}.description`) ?? 'Payout')
					: `${description}; card:${payout.destination?.masked ?? ''}`,
			amount: payout.otherTransfer?.amount ?? payout.amount,
		},
	};
	if (textAt(payout.details, 'type') === 'bank_account') {
		const inn = textAt(payout.details, `${ru}.inn`);
		const kpp = textAt(payout.details, `${ru}.kpp`);
		information.account_details = {
			sender: { ...sender, inn: '9701131131', kpp: '770101001' },
			recipient: { ...recipient, ...(inn && { inn }), ...(kpp && { kpp }) },
		};
	}
	return information;
}
