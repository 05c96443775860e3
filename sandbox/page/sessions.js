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
/** What goes to no account or card of its own has no more than its method. */
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
	const act = (name) => () => send('POST', `sessions/${session.id}/${name}`, {});
	const made = [];
	if (session.next_action === 'confirm')
		made.push(button('Confirm', act('confirm'), 'primary'), button('Cancel', act('cancel')));
	else if (session.status === 'in_progress' && payout)
		made.push(button('Pay now', act('succeed')), button('Fail', act('fail')));
	const account = session.method === 'bank_account/ru';
	if (account && payout?.status === 'succeeded' && !payout.refunds)
		made.push(button('Return', act('return')));
	return made;
}

export function drawSessions(sessions) {
	const heads = [
		['Time'],
		['Session'],
		['Recipient'],
		['Where'],
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
			const one = payout ?? session.payment_list?.[0];
			const name =
				one?.participant_details?.recipient?.full_name ??
				one?.payout_details?.bank_account?.ru?.full_name ??
				one?.customer?.reference;
			const meta =
				one?.metadata === undefined
					? ''
					: typeof one.metadata === 'string'
						? one.metadata
						: JSON.stringify(one.metadata);
			const amount = one?.amount_details
				? `${money(one.amount_details.amount)} ${one.amount_details.currency.toUpperCase()}`
				: '';
			const acts = el('td', { class: 'acts' }, ...sessionActions(session, payout));
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
					td(session.idempotency_key ?? meta, 'mono soft'),
					td(amount, 'num'),
					td(stateOf(session, one)),
					el('td', { class: 'grow soft', title: one?.error?.description }, one?.error?.code ?? ''),
					acts,
				],
			};
		}),
		'No session yet: create one with the node, or with curl.',
	);
}
