// Recipients by payout method. Each recipient is unique, so that a payout to a wrong recipient is detected.
import type { INodeParameters } from 'n8n-workflow';

import { fingerprint } from '../../../sandbox/sandbox.mts';
import type { SeededRandom } from '../lib/seededRandom.mts';

/** A generated recipient. */
export interface Recipient {
	/** Columns of the input row. */
	columns: Record<string, unknown>;
	/** Identifies the destination in the sandbox ledger. */
	fingerprint: string;
}

/** A payout method. */
export interface Method {
	parameters: INodeParameters;
	recipient(random: SeededRandom): Recipient;
	/** The recipient's bank can return the payout. */
	returnable?: true;
	/** Needs a session of a special kind, so it cannot be used with Payout: Start in a plain session. */
	ownSessions?: true;
}

const SYLLABLES = ['ва', 'ле', 'ри', 'мо', 'ту', 'ся', 'не', 'ди', 'бо', 'ка', 'же', 'ло'];

function personName(random: SeededRandom): string {
	const word = () =>
		Array.from({ length: random.int(2, 4) }, () => random.pick(SYLLABLES)).join('');
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

/** A valid card number; never 424242000…, which are scenario cards of the sandbox. */
const card = (random: SeededRandom) => luhn(`424242${random.int(1, 9)}${random.digits(8)}`);

const hex = (random: SeededRandom, length: number) =>
	Array.from({ length }, () => random.int(0, 15).toString(16)).join('');

const toCard: Method = {
	parameters: {
		payoutMethod: 'cardNumber',
		cardNumber: '={{ $json.card }}',
		recipientName: '={{ $json.name }}',
	},
	recipient(random) {
		const number = card(random);
		const grouped = random.chance(0.2) ? number.replace(/(\d{4})(?=\d)/g, '$1 ') : number;
		return {
			columns: { card: grouped, name: personName(random) },
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
	recipient(random) {
		const account = `408178101${random.digits(11)}`;
		const bik = `0445${random.int(10, 99)}${random.int(100, 999)}`;
		return {
			columns: { account, bik, name: personName(random) },
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
	recipient(random) {
		const token = hex(random, 49);
		return { columns: { token, name: personName(random) }, fingerprint: fingerprint(token) };
	},
};

const toAccountToken: Method = {
	parameters: {
		...toAccount.parameters,
		payoutMethod: 'bankAccountToken',
		savedAccount: '={{ $json.token }}',
	},
	returnable: true,
	recipient(random) {
		const token = hex(random, 64);
		return { columns: { token, name: personName(random) }, fingerprint: fingerprint(token) };
	},
};

const toPhone: Method = {
	parameters: {
		payoutMethod: 'fps',
		phone: '={{ $json.phone }}',
		fpsBankId: '100000000069',
		purpose: '=Выплата {{ $json.name }}',
	},
	recipient(random) {
		const number = `9${random.int(10, 59)}${random.digits(7)}`;
		return {
			columns: { phone: `${random.pick(['+7', '8', '7'])}${number}`, name: personName(random) },
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
	recipient(random) {
		const wallet = `41001${random.int(2, 9)}${random.digits(9)}`;
		return {
			columns: { wallet, name: personName(random) },
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
	recipient(random) {
		const recipient = method.recipient(random);
		const inn = `77${random.digits(10)}`;
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

/** Name, method and weight. */
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
