import { send } from './api.js';
import { actionsHeading, button, chip, clock, el, money, table } from './dom.js';

const TONES = { payout: 'good', return: 'bad', payment: 'busy', refund: 'bad' };

const isCounter = ({ kind }) => kind === 'return' || kind === 'refund';

/** As in the figures, a return counts against payouts and a refund against payments. */
export function drawLedger({ entries }) {
	table(
		'ledger',
		[
			['Time', 'time soft'],
			['Type', 'kind'],
			['Person', 'person grow'],
			['Amount', 'amount num'],
		],
		entries
			.slice()
			.reverse()
			.map((entry) => ({
				key: `${entry.payoutId}${entry.kind}${entry.at}`,
				cells: [
					clock(entry.at),
					chip(entry.kind, TONES[entry.kind]),
					el('span', { title: entry.destination }, entry.recipientName ?? entry.destination),
					`${isCounter(entry) ? '−' : ''}${money(entry.amount)} ${entry.currency.toUpperCase()}`,
				],
			})),
		'No money has moved.',
	);
}

const DELIVERY = {
	delivered: ['delivered', 'good'],
	failed: ['failed', 'bad'],
	dropped: ['lost', 'bad'],
	waiting: ['waiting', 'busy'],
	noReceiver: ['no address', ''],
};

export function drawWebhooks(webhooks) {
	table(
		'webhooks',
		[
			['Time', 'time soft'],
			['Type', 'type grow'],
			['Session', 'session mono soft'],
			['Delivery', 'delivery'],
			[actionsHeading(), 'acts'],
		],
		webhooks.map((webhook) => {
			const type = webhook.type.replaceAll('_', ' ');
			const tries = webhook.attempts.length > 1 ? ` ×${webhook.attempts.length}` : '';
			const last = webhook.attempts.at(-1);
			const title = [webhook.fault, last?.error ?? last?.status].filter(Boolean).join(' · ');
			const resend = () => send('POST', `webhooks/${webhook.id}/resend`, {});
			return {
				key: webhook.id,
				cells: [
					clock(webhook.at),
					type,
					webhook.sessionId,
					el('span', { title }, chip(...(DELIVERY[webhook.state] ?? [webhook.state])), tries),
					webhook.body === '' ? '' : button('Resend', `${type} of ${webhook.sessionId}`, resend),
				],
			};
		}),
		'No webhook yet.',
	);
}

/** A signature is not read if a fault fired before the request was processed. */
function responseChips({ fault, errorCode, status, signatureOk }) {
	const isForged = !signatureOk && !fault?.endsWith('Before');
	const response = fault ?? errorCode;
	return el(
		'span',
		{ class: 'chips' },
		isForged ? chip('wrong signature', 'bad') : undefined,
		response ? chip(response, 'bad') : chip(status || '…', 'good'),
	);
}

export function drawRequests(requests) {
	table(
		'requests',
		[
			['Time', 'time soft'],
			['Method', 'method grow'],
			['Response', 'response'],
			['ms', 'ms num soft'],
		],
		requests.map((request) => ({
			key: request.n,
			cells: [
				clock(request.at),
				el(
					'span',
					{ title: [request.path, request.sessionId].filter(Boolean).join(' · ') },
					request.path.replace(/^v\d\//, ''),
				),
				responseChips(request),
				request.ms,
			],
		})),
		'No request yet.',
	);
}
