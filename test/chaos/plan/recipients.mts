// Who is paid, and how: everybody is somebody else, so that money for the wrong person is noticed.
import type { INodeParameters } from 'n8n-workflow';

import { fingerprint } from '../../../sandbox/sandbox.mts';
import type { Dice } from '../lib/seededRandom.mts';

export interface Recipient {
	/** Columns of the row. */
	columns: Record<string, unknown>;
	/** How the bank's ledger tells this person from all others. */
	fingerprint: string;
}

export interface Method {
	parameters: INodeParameters;
	recipient(dice: Dice): Recipient;
	/** The receiver bank may send the money back. */
	returnable?: true;
	/** Needs a session of its own kind: not for Payout: Start in a plain session. */
	ownSessions?: true;
}

const SYLLABLES = ['ва', 'ле', 'ри', 'мо', 'ту', 'ся', 'не', 'ди', 'бо', 'ка', 'же', 'ло'];

function personName(dice: Dice): string {
	const word = () => Array.from({ length: dice.int(2, 4) }, () => dice.pick(SYLLABLES)).join('');
	const name = () => word().replace(/^./, (first) => first.toUpperCase());
	return `${name()} ${name()} ${name()}`;
}

function luhn(payload: string): string {
	let sum = 0;
	for (let at = payload.length - 1, double = true; at >= 0; at--, double = !double) {
		const value = Number(payload[at]) * (double ? 2 : 1);
		sum += value > 9 ? value - 9 : value;
	}
	return payload + String((10 - (sum % 10)) % 10);
}

/** Not 424242000…: those are the sandbox's scripted cards. */
const card = (dice: Dice) => luhn(`424242${dice.int(1, 9)}${dice.digits(8)}`);

const hex = (dice: Dice, length: number) =>
	Array.from({ length }, () => dice.int(0, 15).toString(16)).join('');

const toCard: Method = {
	parameters: {
		payoutMethod: 'cardNumber',
		cardNumber: '={{ $json.card }}',
		recipientName: '={{ $json.name }}',
	},
	recipient(dice) {
		const number = card(dice);
		const grouped = dice.chance(0.2) ? number.replace(/(\d{4})(?=\d)/g, '$1 ') : number;
		return {
			columns: { card: grouped, name: personName(dice) },
			fingerprint: fingerprint(number),
		};
	},
};

const toAccount: Method = {
	parameters: {
		payoutMethod: 'bankAccount',
		account: '={{ $json.account }}',
		bik: '={{ $json.bik }}',
		accountHolder: 'individual',
		recipientName: '={{ $json.name }}',
		purpose: '=Выплата по договору {{ $json.ref }}, НДС не облагается',
	},
	returnable: true,
	recipient(dice) {
		const account = `408178101${dice.digits(11)}`;
		const bik = `0445${dice.int(10, 99)}${dice.int(100, 999)}`;
		return {
			columns: { account, bik, name: personName(dice) },
			fingerprint: fingerprint(`${bik}/${account}`),
		};
	},
};

const toCardToken: Method = {
	parameters: {
		payoutMethod: 'cardToken',
		savedCard: '={{ $json.token }}',
		recipientName: '={{ $json.name }}',
	},
	recipient(dice) {
		const token = hex(dice, 49);
		return { columns: { token, name: personName(dice) }, fingerprint: fingerprint(token) };
	},
};

const toAccountToken: Method = {
	parameters: {
		...toAccount.parameters,
		payoutMethod: 'bankAccountToken',
		savedAccount: '={{ $json.token }}',
	},
	returnable: true,
	recipient(dice) {
		const token = hex(dice, 64);
		return { columns: { token, name: personName(dice) }, fingerprint: fingerprint(token) };
	},
};

const toPhone: Method = {
	parameters: {
		payoutMethod: 'fps',
		phone: '={{ $json.phone }}',
		fpsBankId: '100000000069',
		purpose: '=Выплата {{ $json.name }}',
	},
	recipient(dice) {
		const number = `9${dice.int(10, 59)}${dice.digits(7)}`;
		return {
			columns: { phone: `${dice.pick(['+7', '8', '7'])}${number}`, name: personName(dice) },
			fingerprint: fingerprint(`7${number}@100000000069`),
		};
	},
};

const toWallet: Method = {
	parameters: {
		payoutMethod: 'yoomoney',
		walletAccount: '={{ $json.wallet }}',
		recipientName: '={{ $json.name }}',
		walletNote: '={{ $json.name }}',
	},
	recipient(dice) {
		const wallet = `41001${dice.int(2, 9)}${dice.digits(9)}`;
		return {
			columns: { wallet, name: personName(dice) },
			fingerprint: fingerprint(`yoomoney:${wallet}`),
		};
	},
};

const withReceipt = (method: Method): Method => ({
	...method,
	ownSessions: true,
	parameters: {
		...method.parameters,
		issueReceipt: true,
		selfEmployedInn: '={{ $json.inn }}',
		payerType: 'legal',
		payerInn: '3316004777',
		payerName: 'OOO Vector',
		receiptServices: { service: [{ serviceName: 'Доставка', price: '', quantity: 1 }] },
	},
	recipient(dice) {
		const recipient = method.recipient(dice);
		const inn = `77${dice.digits(10)}`;
		return { ...recipient, columns: { ...recipient.columns, inn } };
	},
});

const paidFrom = (payFrom: 'settlement' | 'escrow', method: Method): Method => ({
	...method,
	ownSessions: true,
	parameters: {
		...method.parameters,
		payFrom,
		sourceAccount: payFrom === 'settlement' ? '40702810300200000013' : '40702810400000000333',
		...(payFrom === 'escrow' && { beneficiaryInn: '7727406020' }),
		transferPurpose: 'Перевод по оферте',
	},
});

export const methods: ReadonlyArray<readonly [string, Method, number]> = [
	['card', toCard, 30],
	['account', toAccount, 20],
	['card token', toCardToken, 8],
	['account token', toAccountToken, 5],
	['FPS', toPhone, 10],
	['wallet', toWallet, 7],
	['card with receipt', withReceipt(toCard), 5],
	['account with receipt', withReceipt(toAccount), 3],
	['account from settlement', paidFrom('settlement', toAccount), 3],
	['account from escrow', paidFrom('escrow', toAccount), 3],
	['card from settlement', paidFrom('settlement', toCard), 3],
	['card from escrow', paidFrom('escrow', toCard), 3],
	['FPS from settlement', paidFrom('settlement', toPhone), 2],
];
