import { send } from './api.js';
import { button, chip, clock, el, money, table, td } from './dom.js';

export function drawLedger({ entries }) {
	table(
		'ledger',
		[['Time'], ['Type'], ['To'], ['Amount', 'num']],
		entries
			.slice()
			.reverse()
			.map((entry) => ({
				key: `${entry.payoutId}${entry.kind}${entry.at}`,
				cells: [
					td(clock(entry.at), 'soft'),
					td(chip(entry.kind)),
					el(
						'td',
						{ class: 'grow', title: entry.destination },
						entry.recipientName ?? entry.destination,
					),
					td(
						`${entry.kind === 'return' || entry.kind === 'refund' ? '−' : ''}${money(entry.amount)}`,
						entry.kind === 'return' ? 'num minus' : 'num',
					),
				],
			})),
		'No money has moved.',
	);
}

export function drawWebhooks(webhooks) {
	table(
		'webhooks',
		[['Time'], ['Type'], ['Session'], ['Delivery'], ['']],
		webhooks.map((webhook) => {
			const attempts = webhook.attempts.length > 1 ? ` ×${webhook.attempts.length}` : '';
			const last = webhook.attempts.at(-1);
			const title = [webhook.fault, last?.error ?? last?.status].filter(Boolean).join(' · ');
			const resendButton =
				webhook.body === ''
					? ''
					: button('↻', () => send('POST', `webhooks/${webhook.id}/resend`, {}));
			return {
				key: webhook.id,
				cells: [
					td(clock(webhook.at), 'soft'),
					el('td', { class: 'grow', title: webhook.type }, webhook.type.replaceAll('_', ' ')),
					td(webhook.sessionId.replace('ps_', ''), 'mono soft'),
					el('td', { title }, chip(webhook.state), attempts),
					td(resendButton, 'acts'),
				],
			};
		}),
		'No webhook yet.',
	);
}

/** The signature of a request is not verified if a fault fired before processing. */
function signatureChip({ signatureOk, fault }) {
	if (signatureOk) return chip('valid', 'good');
	return fault?.endsWith('Before') ? chip('not read') : chip('wrong', 'bad');
}

export function drawRequests(requests) {
	table(
		'requests',
		[['Time'], ['Method'], ['Signed'], ['Response'], ['ms', 'num']],
		requests.map((request) => ({
			key: request.n,
			cells: [
				td(clock(request.at), 'soft'),
				el('td', { class: 'grow', title: request.sessionId }, request.path),
				td(signatureChip(request)),
				el(
					'td',
					{ title: request.fault },
					request.fault
						? chip(request.fault, 'bad')
						: request.errorCode
							? chip(request.errorCode, 'bad')
							: chip(request.status || '…', 'good'),
				),
				td(request.ms, 'num soft'),
			],
		})),
		'No request yet.',
	);
}
