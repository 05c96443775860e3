/**
 * Who is paid, or who pays, by each method: what an AI agent cannot change without paying somebody else. A payout or
 * payment of the same amount to the same person is rejected for an agent (docs/money-safety.md, promise 9).
 */
import type { INodeParameters } from 'n8n-workflow';

import type { JsonObject } from '../../bank131/lib/json.ts';

export interface MethodIdentity {
	/** The identity that the method must give for these details. */
	identity(details: JsonObject): string[];
	/** Parameters of the method that name another person or account. */
	others: INodeParameters[];
	/** Parameters of the method with other words, choices and spellings for the same person. */
	same: INodeParameters[];
}

type PayerStep = 'redirect' | 'qr' | 'none';

export interface PaymentIdentity extends MethodIdentity {
	/** What the sandbox asks of the payer. */
	payerStep(details: JsonObject): PayerStep;
}

const only = (path: string) => (details: JsonObject) => [textAt(details, path)];
/** The details do not say who pays. */
const word = (method: string) => () => [method];

const none = (): PayerStep => 'none';
const redirect = (): PayerStep => 'redirect';
const qr = (): PayerStep => 'qr';

const name = { recipientName: 'Пётр Петров' };
const purpose = { purpose: 'Оплата по договору 132' };
const company = { accountHolder: 'legalEntity', inn: '7727406020', kpp: '770801001' };
const soleProprietor = { accountHolder: 'soleProprietor', inn: '772740602000' };

/** All details of a full tax payment except the account of the treasury. */
const taxWords = {
	tax_description: 'VAT',
	tax_uin: '18209965144380684245',
	tax_kbk: '18201061201010000511',
	tax_oktmo: '45380001',
	tax_paymentReason: 'ЗД',
	tax_period: 'КВ.03.2026',
	tax_documentNumber: '131',
	tax_documentDate: '25.10.2026',
	tax_payerInn: '9909000002',
	tax_payerKpp: '774751002',
	tax_payeeName: 'Казначейство',
	tax_payeeInn: '7727406021',
	tax_payeeKpp: '770801002',
	tax_payeeBik: '017003984',
	tax_payeeSingleAccount: '40102810445370000058',
};

/** By `value` of the method. Together, `others` and `same` hold every field of the method. */
export const payoutIdentities: Record<string, MethodIdentity> = {
	bankAccount: {
		identity: only('bank_account.ru.account'),
		others: [{ account: '40817810100000270412' }],
		same: [
			{ account: '40817 810 1 0000 0270411', bik: '044525972', urgent: true },
			{ ...name, ...purpose },
			company,
			soleProprietor,
		],
	},
	bankAccountIban: {
		identity: only('bank_account.iban.account'),
		others: [{ iban: 'DE89370400440532013000' }],
		same: [{ iban: 'ua 2139 9622 0000 0260 0723 3566 001', ...name }],
	},
	bankAccountToken: {
		identity: only('bank_account.ru.token'),
		others: [{ savedAccount: '4f03ee2580046153bb0aa859558e7ada' }],
		same: [{ ...name, ...purpose, urgent: true }, company, soleProprietor],
	},
	cardNumber: {
		identity: only('card.bank_card.number'),
		others: [{ cardNumber: '5555 5555 5555 4444' }],
		same: [{ cardNumber: '4242-4242-4242-4242', ...name }],
	},
	cardToken: {
		identity: only('card.tokenized_card.token'),
		others: [{ savedCard: 'a59c9852dde2211d7531b3d905c1d513fbfb914bee87fb567' }],
		same: [name],
	},
	cardHash: {
		identity: only('card.encrypted_card.number_hash'),
		others: [{ cardHash: '6a5e5fbd0d5c54a5a0a1b7c9' }],
		same: [name],
	},
	fps: {
		identity: only('bank_account.faster_payment_system.phone'),
		others: [{ phone: '+7 968 000-00-01' }],
		same: [
			{ phone: '8 (968) 000 00 00' },
			{ ...name, ...purpose },
			{ fpsBankId: { __rl: true, mode: 'id', value: '100000000197' } },
		],
	},
	moneta: {
		identity: only('wallet.moneta.account'),
		others: [{ walletAccount: '12345679' }],
		same: [{ walletAccount: '1234-5678', walletNote: 'Another bonus', ...name }],
	},
	qiwi: {
		identity: only('wallet.qiwi.account'),
		others: [{ walletAccount: '79210010204' }],
		same: [{ walletAccount: '8 921 001-02-03', walletNote: 'Bonus', ...name }],
	},
	steam: {
		identity: only('wallet.steam.account'),
		others: [{ walletAccount: 'test2' }],
		same: [{ walletAccount: 'TEST', ...name }],
	},
	yoomoney: {
		identity: only('wallet.yoomoney.account'),
		others: [{ walletAccount: '410012411727101' }],
		same: [{ walletAccount: '41001 2411 727100', walletNote: 'Another bonus', ...name }],
	},
	tax: {
		identity: word('tax_short'),
		others: [],
		same: [
			{ taxPeriodType: 'month', taxPeriodNumber: 3, taxPeriodYear: '2022' },
			{ taxPeriodNumber: 4 },
		],
	},
	taxFull: {
		identity: only('tax.payee.account'),
		others: [{ tax_payeeAccount: '03100643000000018501' }],
		same: [taxWords, { tax_payeeAccount: '0310 0643 0000 0001 8500' }],
	},
};

const googleToken = { signature: 'MEQCIA==', protocolVersion: 'ECv1' };

/** By `value` of the method. Together, `others` and `same` hold every field of the method. */
export const paymentIdentities: Record<string, PaymentIdentity> = {
	applePay: {
		identity: only('secured_card.apple_pay.token'),
		others: [{ deviceToken: 'another-token' }],
		same: [{ deviceToken: ' apple-token ' }],
		payerStep: none,
	},
	cardNumber: {
		identity: only('card.bank_card.number'),
		others: [{ cardNumber: '5555555555554444' }],
		same: [
			{ cardNumber: '4242 4242 4242 4242', cardholderName: 'PETR PETROV' },
			{ expirationMonth: '1', expirationYear: '31', securityCode: '321' },
		],
		payerStep: none,
	},
	cardToken: {
		identity: only('card.tokenized_card.token'),
		others: [{ savedCard: 'a59c9852dde2211d7531b3d905c1d513' }],
		same: [],
		payerStep: none,
	},
	cardHash: {
		identity: only('card.encrypted_card.number_hash'),
		others: [{ cardHash: '6a5e5fbd0d5c54a5a0a1b7c9' }],
		same: [{ expirationHash: 'dd', securityCodeHash: 'ee', cardholderHash: 'ff' }],
		payerStep: none,
	},
	fpsQr: {
		identity: word('fps_qr'),
		others: [],
		same: [{ qrDescription: 'Order 17' }, { qrDescription: '' }],
		payerStep: qr,
	},
	googlePay: {
		identity: () => [googleToken.signature],
		others: [{ deviceToken: JSON.stringify({ ...googleToken, signature: 'MEQCIB==' }) }],
		same: [
			{ deviceToken: { ...googleToken } },
			{ deviceToken: JSON.stringify({ protocolVersion: 'ECv2', signature: 'MEQCIA==' }, null, 1) },
			{ deviceToken: JSON.stringify({ note: 'again', ...googleToken }) },
		],
		payerStep: none,
	},
	internalTransfer: {
		identity: only('internal_transfer.type'),
		others: [{ transferFrom: 'settlement' }],
		same: [{ transferDescription: 'Transfer under the agreement' }],
		payerStep: none,
	},
	recurring: {
		identity: only('recurrent.token'),
		others: [{ recurringPayment: 'other_value' }],
		same: [{ initiator: 'client', securityCode: '321' }],
		payerStep: (details) =>
			textAt(details, 'recurrent.initiator') === 'client' ? 'redirect' : 'none',
	},
	sberPay: {
		identity: (details) => [textAt(details, 'internet_banking.sber_pay.phone') || 'sber_pay'],
		others: [{ payerPhone: '+7 968 000-00-01' }],
		same: [{ sberPayChannel: 'web' }, { sberPayChannel: 'mobile_web' }],
		payerStep: redirect,
	},
	tPay: { identity: word('tpay'), others: [], same: [], payerStep: redirect },
	yoomoney: { identity: word('yoomoney'), others: [], same: [], payerStep: redirect },
};

/** The text at a path such as `card.bank_card.number`; empty if there is none. */
function textAt(details: JsonObject, path: string): string {
	const value = path
		.split('.')
		.reduce<unknown>((part, key) => (part as JsonObject | undefined)?.[key], details);
	return typeof value === 'string' ? value : '';
}
