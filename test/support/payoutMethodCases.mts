/** Every payout method with its parameters, the request details, the ledger entry and the output it must give. */
import type { INodeParameters } from 'n8n-workflow';

import { fingerprint } from '../../sandbox/sandbox.mts';
import type { Loose } from './engineFixture.mts';

const purpose = 'Перевод средств по договору № 5015553111 Иванов Иван Иванович НДС не облагается';

interface Method {
	parameters: INodeParameters;
	/** `payment_method` in v1, `payout_details` in v2. The sandbox masks numbers, hashes and tokens. */
	details: Loose;
	/** Other fields of the body. */
	more?: Loose;
	endpoint?: string;
	/** The entry in the sandbox's ledger. */
	ledger: { method: string; destination: string; fingerprint: string; account?: string };
	output: Loose;
}

const individual: INodeParameters = {
	payoutMethod: 'bankAccount',
	bik: '044525971',
	account: '40817 810 1 0000 0270411',
	accountHolder: 'individual',
	recipientName: 'Иванов Иван Иванович',
	purpose,
};
const toIvanov = { participant_details: { recipient: { full_name: 'Ivanov Ivan' } } };
const onAccount = (account: string, bik: string) => ({
	method: 'bank_account/ru',
	destination: `${account.slice(0, 5)}***${account.slice(-4)}`,
	fingerprint: fingerprint(`${bik}/${account}`),
});
const ru = (fields: object) => ({
	type: 'bank_account',
	bank_account: { system_type: 'ru', ru: fields },
});

const receipt: INodeParameters = {
	issueReceipt: true,
	selfEmployedInn: '123456789012',
	payerType: 'legal',
	payerInn: '3316004777',
	payerName: 'OOO Vector',
	receiptServices: {
		service: [
			{ serviceName: 'Goods delivery', price: '25', quantity: 2 },
			{ serviceName: 'Component delivery', price: '50.00' },
		],
	},
};
const fiscalization_details = {
	professional_income_taxpayer: {
		services: [
			{ name: 'Goods delivery', amount_details: { amount: 2500, currency: 'rub' }, quantity: 2 },
			{
				name: 'Component delivery',
				amount_details: { amount: 5000, currency: 'rub' },
				quantity: 1,
			},
		],
		tax_reference: '123456789012',
		payer_type: 'legal',
		payer_tax_number: '3316004777',
		payer_name: 'OOO Vector',
	},
};
const issued = {
	receiptId: expect.any(String),
	receiptLink: expect.stringContaining('/sandbox/receipts/'),
};

export const methods: Record<string, Method> = {
	'card number': {
		parameters: {
			payoutMethod: 'cardNumber',
			cardNumber: '4242 4242 4242 4242',
			recipientName: 'Ivanov Ivan',
		},
		details: { type: 'card', card: { type: 'bank_card', bank_card: { number: '***' } } },
		more: toIvanov,
		ledger: {
			method: 'card',
			destination: '424242******4242',
			fingerprint: fingerprint('4242424242424242'),
		},
		output: { method: 'card', recipient: '424242******4242', cardLast4: '4242', cardBrand: 'visa' },
	},
	'card hash': {
		parameters: {
			payoutMethod: 'cardHash',
			cardHash: '759c9852dde2211d7531b3d905c1d513',
			recipientName: 'Ivanov Ivan',
		},
		details: {
			type: 'card',
			card: { type: 'encrypted_card', encrypted_card: { number_hash: '***' } },
		},
		more: toIvanov,
		ledger: {
			method: 'card',
			destination: expect.stringMatching(/^token/) as unknown as string,
			fingerprint: fingerprint('759c9852dde2211d7531b3d905c1d513'),
		},
		output: { method: 'card', recipient: 'card hash' },
	},
	'card token': {
		parameters: {
			payoutMethod: 'cardToken',
			savedCard: '759c9852dde2211d7531b3d905c1d513fbfb914bee87fb567',
			recipientName: 'Ivanov Ivan',
		},
		details: {
			type: 'card',
			card: { type: 'tokenized_card', tokenized_card: { token: '***' } },
		},
		more: toIvanov,
		ledger: {
			method: 'card',
			destination: expect.stringMatching(/^token/) as unknown as string,
			fingerprint: fingerprint('759c9852dde2211d7531b3d905c1d513fbfb914bee87fb567'),
		},
		output: { method: 'card', recipient: 'card token' },
	},
	'account of an individual': {
		parameters: individual,
		details: ru({
			bik: '044525971',
			account: '40817810100000270411',
			full_name: 'Иванов Иван Иванович',
			description: purpose,
		}),
		ledger: onAccount('40817810100000270411', '044525971'),
		output: { method: 'bank_account', recipient: '40817***0411' },
	},
	'account of a sole proprietor': {
		parameters: {
			...individual,
			accountHolder: 'soleProprietor',
			account: '40802810500000000016',
			inn: '123456789012',
		},
		details: ru({
			bik: '044525971',
			account: '40802810500000000016',
			full_name: 'ИП Иванов Иван Иванович',
			description: purpose,
			inn: '123456789012',
		}),
		ledger: onAccount('40802810500000000016', '044525971'),
		output: { method: 'bank_account', recipient: '40802***0016' },
	},
	'account of a company': {
		parameters: {
			...individual,
			accountHolder: 'legalEntity',
			recipientName: 'ООО Вектор',
			account: '40702810200000000025',
			bik: '049205131',
			inn: '3316004777',
			kpp: '770801001',
		},
		details: ru({
			bik: '049205131',
			account: '40702810200000000025',
			full_name: 'ООО Вектор',
			description: purpose,
			inn: '3316004777',
			kpp: '770801001',
		}),
		ledger: onAccount('40702810200000000025', '049205131'),
		output: { method: 'bank_account', recipient: '40702***0025' },
	},
	'account, urgent': {
		parameters: { ...individual, urgent: true },
		details: ru({
			bik: '044525971',
			account: '40817810100000270411',
			full_name: 'Иванов Иван Иванович',
			description: purpose,
			is_fast: true,
		}),
		ledger: onAccount('40817810100000270411', '044525971'),
		output: { method: 'bank_account' },
	},
	IBAN: {
		parameters: {
			payoutMethod: 'bankAccountIban',
			iban: 'ua21 3996 2200 0002 6007 2335 6600 1',
			recipientName: 'Ivanov Ivan',
		},
		details: {
			type: 'bank_account',
			bank_account: { system_type: 'iban', iban: { account: 'UA213996220000026007233566001' } },
		},
		more: { participant_details: { recipient: { full_name: 'Ivanov Ivan' } } },
		ledger: {
			method: 'bank_account/iban',
			destination: 'UA213***6001',
			fingerprint: fingerprint('UA213996220000026007233566001'),
		},
		output: { method: 'bank_account', recipient: 'UA213***6001' },
	},
	'account token': {
		parameters: {
			payoutMethod: 'bankAccountToken',
			savedAccount: '3f03ee2580046153bb0aa859558e7ada10d3835270fdb4c4b70961239d37f31d',
			accountHolder: 'individual',
			recipientName: 'Ivanov Ivan Ivanovich',
			purpose: 'Payout',
		},
		details: ru({ token: '***', full_name: 'Ivanov Ivan Ivanovich', description: 'Payout' }),
		ledger: {
			method: 'bank_account/ru',
			destination: 'account token',
			fingerprint: fingerprint('3f03ee2580046153bb0aa859558e7ada10d3835270fdb4c4b70961239d37f31d'),
		},
		output: { method: 'bank_account', recipient: 'account token' },
	},
	'FPS by phone': {
		parameters: {
			payoutMethod: 'fps',
			phone: '8 (968) 000-00-00',
			fpsBankId: '100000000069',
			purpose: 'Wire for agreement № 5015553111 Ivanov Ivan Ivanovich VAT exempt',
		},
		details: {
			type: 'bank_account',
			bank_account: {
				system_type: 'faster_payment_system',
				faster_payment_system: {
					phone: '79680000000',
					bank_id: '100000000069',
					description: 'Wire for agreement № 5015553111 Ivanov Ivan Ivanovich VAT exempt',
				},
			},
		},
		ledger: {
			method: 'bank_account/faster_payment_system',
			destination: '7968***0000',
			fingerprint: fingerprint('79680000000@100000000069'),
			account: 'settlement',
		},
		output: { recipient: '7968***0000', fpsMessageId: expect.any(String) },
	},
	QIWI: {
		parameters: { payoutMethod: 'qiwi', walletAccount: '+7 968 763-89-97' },
		details: { type: 'wallet', wallet: { type: 'qiwi', qiwi: { account: '79687638997' } } },
		ledger: {
			method: 'wallet/qiwi',
			destination: expect.stringContaining('***') as unknown as string,
			fingerprint: fingerprint('qiwi:79687638997'),
		},
		output: { method: 'wallet', recipient: '7968***8997' },
	},
	YooMoney: {
		parameters: {
			payoutMethod: 'yoomoney',
			walletAccount: '410012411727100',
			recipientName: 'Ivanov Ivan Ivanovich',
			walletNote: 'For November',
		},
		details: {
			type: 'wallet',
			wallet: {
				type: 'yoomoney',
				yoomoney: { account: '410012411727100', description: 'For November' },
			},
		},
		more: { participant_details: { recipient: { full_name: 'Ivanov Ivan Ivanovich' } } },
		ledger: {
			method: 'wallet/yoomoney',
			destination: '41001***7100',
			fingerprint: fingerprint('yoomoney:410012411727100'),
		},
		output: { method: 'wallet', recipient: '41001***7100' },
	},
	Moneta: {
		parameters: { payoutMethod: 'moneta', walletAccount: '12345678901', walletNote: 'Bonus' },
		details: {
			type: 'wallet',
			wallet: { type: 'moneta', moneta: { account: '12345678901', description: 'Bonus' } },
		},
		ledger: {
			method: 'wallet/moneta',
			destination: expect.stringContaining('***') as unknown as string,
			fingerprint: fingerprint('moneta:12345678901'),
		},
		output: { method: 'wallet', recipient: '12345***8901' },
	},
	Steam: {
		parameters: { payoutMethod: 'steam', walletAccount: 'gabe_131' },
		details: { type: 'wallet', wallet: { type: 'steam', steam: { account: 'gabe_131' } } },
		ledger: {
			method: 'wallet/steam',
			destination: expect.stringContaining('***') as unknown as string,
			fingerprint: fingerprint('steam:gabe_131'),
		},
		output: { method: 'wallet', recipient: 'gabe_131' },
	},
	tax: {
		parameters: {
			payoutMethod: 'tax',
			taxPeriodType: 'quarter',
			taxPeriodNumber: 2,
			taxPeriodYear: '2021',
		},
		details: {
			type: 'tax',
			tax: {
				type: 'tax_short',
				tax_details: { period: { type: 'quarter', number: 2, year: '2021' } },
			},
		},
		ledger: {
			method: 'tax/tax_short',
			destination: 'tax/tax_short',
			fingerprint: fingerprint('tax/tax_short'),
		},
		output: { method: 'tax', recipient: 'Federal Tax Service' },
	},
	'tax with full details': {
		parameters: {
			payoutMethod: 'taxFull',
			tax_description: 'VAT for the 2nd quarter',
			tax_oktmo: '45380000',
			tax_paymentReason: 'ТП',
			tax_period: 'КВ.02.2026',
			tax_payerInn: '9909000001',
			tax_payerKpp: '774751001',
			tax_payeeName: 'Казначейство России (ФНС России)',
		},
		details: {
			type: 'tax',
			tax: {
				type: 'tax_full',
				description: 'VAT for the 2nd quarter',
				uin: '0',
				tax_details: {
					kbk: '18201061201010000510',
					oktmo: '45380000',
					payment_reason: 'ТП',
					period: 'КВ.02.2026',
					document_number: '0',
					document_date: '0',
				},
				payer: { kpp: '774751001', inn: '9909000001' },
				payee: {
					bik: '017003983',
					account: '03100643000000018500',
					account_eks: '40102810445370000059',
					name: 'Казначейство России (ФНС России)',
					kpp: '770801001',
					inn: '7727406020',
				},
			},
		},
		ledger: {
			method: 'tax/tax_full',
			destination: 'tax/tax_full',
			fingerprint: fingerprint('tax/tax_full'),
		},
		output: { method: 'tax', recipient: 'Federal Tax Service' },
	},
	'receipt, on a card': {
		parameters: {
			payoutMethod: 'cardNumber',
			cardNumber: '4242424242424242',
			recipientName: 'Ivanov Ivan',
			...receipt,
		},
		endpoint: 'session/start/payout/fiscalization',
		details: { type: 'card', card: { type: 'bank_card', bank_card: { number: '***' } } },
		more: { ...toIvanov, fiscalization_details },
		ledger: {
			method: 'card',
			destination: '424242******4242',
			fingerprint: fingerprint('4242424242424242'),
		},
		output: { method: 'card', ...issued },
	},
	'receipt, on an account': {
		parameters: { ...individual, ...receipt },
		endpoint: 'session/start/payout/fiscalization',
		details: ru({
			bik: '044525971',
			account: '40817810100000270411',
			full_name: 'Иванов Иван Иванович',
			description: purpose,
		}),
		// The SDK refuses payouts with a receipt without the recipient's name (api/10.11).
		more: {
			participant_details: { recipient: { full_name: 'Иванов Иван Иванович' } },
			fiscalization_details,
		},
		ledger: onAccount('40817810100000270411', '044525971'),
		output: { method: 'bank_account', ...issued },
	},
	'customer, metadata': {
		parameters: {
			payoutMethod: 'cardNumber',
			cardNumber: '4242424242424242',
			recipientName: 'Ivanov Ivan',
			additionalFields: {
				customerReference: 'user123',
				customerEmail: 'user@gmail.com',
				metadata: '{"department":"sales","reference":"not this one"}',
			},
		},
		details: { type: 'card', card: { type: 'bank_card', bank_card: { number: '***' } } },
		more: {
			...toIvanov,
			customer: { reference: 'user123', contacts: [{ email: 'user@gmail.com' }] },
			metadata: { department: 'sales', reference: 'order-131' },
		},
		ledger: {
			method: 'card',
			destination: '424242******4242',
			fingerprint: fingerprint('4242424242424242'),
		},
		output: { method: 'card', metadata: { department: 'sales', reference: 'order-131' } },
	},
};
