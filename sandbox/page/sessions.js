import { send } from './api.js';
import { button, chip, clock, el, money, table, td, tones } from './dom.js';

const methods = {
	card: 'card',
	'bank_account/ru': 'account',
	'bank_account/faster_payment_system': 'FPS',
	'wallet/yoomoney': 'YooMoney',
	'bank_account/faster_payment_system_verification': 'FPS check',
	'tax/tax_short': 'tax',
};
const methodName = (method) => methods[method] ?? method ?? '';
/** Operations without a card or account have no destination except their method. */
const destinationOf = ({ method, destination }) => (destination === method ? '' : destination);

function stateOf(session, operation) {
	if (session.next_action === 'confirm') return chip('to confirm', 'wait');
	if (session.next_action === 'capture') return chip('to capture', 'wait');
	if (operation?.refunds?.length > 0) return chip('returned', 'bad');
	if (session.status === 'error') return chip('unknown', 'bad');
	if (session.status === 'cancelled')
		return chip(operation?.error ? 'declined' : 'cancelled', 'bad');
	return chip(session.status === 'accepted' ? 'paid' : session.status, tones[session.status]);
}

function sessionActions(session, payout) {
	const run = (name) => () => send('POST', `sessions/${session.id}/${name}`, {});
	const buttons = [];
	if (session.next_action === 'confirm')
		buttons.push(button('Confirm', run('confirm'), 'primary'), button('Cancel', run('cancel')));
	else if (session.status === 'in_progress' && payout)
		buttons.push(button('Pay now', run('succeed')), button('Fail', run('fail')));
	const account = session.method === 'bank_account/ru';
	if (account && payout?.status === 'succeeded' && !payout.refunds)
		buttons.push(button('Return', run('return')));
	return buttons;
}

export function drawSessions(sessions) {
	const heads = [
		['Time'],
		['Session'],
		['Recipient'],
		['Destination'],
		['Key / metadata'],
		['Amount', 'num'],
		['State'],
		['Reason'],
		[''],
	];
	table(
		'sessions',
		heads,
		sessions.map((session) => {
			const payout = session.payout_list?.[0];
			const operation = payout ?? session.payment_list?.[0];
			const name =
				operation?.participant_details?.recipient?.full_name ??
				operation?.payout_details?.bank_account?.ru?.full_name ??
				operation?.customer?.reference;
			const metadata =
				operation?.metadata === undefined
					? ''
					: typeof operation.metadata === 'string'
						? operation.metadata
						: JSON.stringify(operation.metadata);
			const amount = operation?.amount_details
				? `${money(operation.amount_details.amount)} ${operation.amount_details.currency.toUpperCase()}`
				: '';
			const actions = el('td', { class: 'acts' }, ...sessionActions(session, payout));
			return {
				key: session.id,
				cells: [
					td(clock(session.created_at), 'soft'),
					td(session.id, 'mono'),
					td(name, ''),
					td(
						el(
							'span',
							{},
							el('span', { class: 'soft' }, `${methodName(session.method)} `),
							el('span', { class: 'mono' }, destinationOf(session) ?? ''),
						),
					),
					td(session.idempotency_key ?? metadata, 'mono soft'),
					td(amount, 'num'),
					td(stateOf(session, operation)),
					el(
						'td',
						{ class: 'grow soft', title: operation?.error?.description },
						operation?.error?.code ?? '',
					),
					actions,
				],
			};
		}),
		'No session yet: create one with the node, or with curl.',
	);
}
