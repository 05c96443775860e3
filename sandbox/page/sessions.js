import { get, send } from './api.js';
import { $, actionsHeading, button, chip, clock, el, money, redraw, table } from './dom.js';
import { MAX_ROWS } from './overview.js';
import { STATES } from './states.js';

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

function stateChip({ state, status }) {
	const [text, tone] = STATES[state] ?? [status.replaceAll('_', ' '), ''];
	return chip(text, tone);
}

function sessionActions(session, payout) {
	const action = (text, name, kind) =>
		button(text, session.id, () => send('POST', `sessions/${session.id}/${name}`, {}), kind);
	const buttons = [];
	if (session.state === 'awaitingConfirmation')
		buttons.push(action('Confirm', 'confirm', 'primary'), action('Cancel', 'cancel'));
	else if (session.state === 'inProgress' && payout?.status === 'in_progress')
		buttons.push(action('Pay now', 'succeed'), action('Fail', 'fail'));
	const isAccount = session.method === 'bank_account/ru';
	if (isAccount && payout && session.state === 'paid') buttons.push(action('Return', 'return'));
	return el('span', { class: 'buttons' }, ...buttons);
}

/** A reference or another text of the metadata. */
const metadataText = (metadata) =>
	typeof metadata === 'string' ? metadata : (metadata?.reference ?? JSON.stringify(metadata) ?? '');

const COLUMNS = [
	['Time', 'time soft'],
	['Session', 'session mono'],
	['Recipient', 'recipient'],
	['Destination', 'destination'],
	['Reference', 'reference mono soft'],
	['Amount', 'amount num'],
	['State', 'state'],
	['Reason', 'reason soft'],
	[actionsHeading(), 'acts'],
];

export function drawSessions(sessions) {
	table(
		'sessions',
		COLUMNS,
		sessions.map((session) => {
			const payouts = session.payout_list ?? [];
			const all = [...payouts, ...(session.payment_list ?? [])];
			const [operation] = all;
			const name =
				operation?.participant_details?.recipient?.full_name ??
				operation?.payout_details?.bank_account?.ru?.full_name ??
				operation?.customer?.reference;
			const amount = operation?.amount_details
				? `${money(operation.amount_details.amount)} ${operation.amount_details.currency.toUpperCase()}`
				: '';
			const others = all.length > 1 ? ` and ${all.length - 1} more` : '';
			const reason = operation?.error?.code ?? '';
			return {
				key: session.id,
				cells: [
					clock(session.created_at),
					session.id,
					`${name ?? ''}${others}`,
					el(
						'span',
						{},
						el('span', { class: 'soft' }, `${methodName(session.method)} `),
						el('span', { class: 'mono' }, destinationOf(session) ?? ''),
					),
					// The idempotency key of a Cyrillic reference is its hash.
					operation?.metadata?.reference ??
						session.idempotency_key ??
						metadataText(operation?.metadata),
					amount,
					stateChip(session),
					el('span', { title: operation?.error?.description }, reason),
					sessionActions(session, payouts[0]),
				],
			};
		}),
		'No payout or payment yet. Send one with the Bank 131 node.',
	);
}

/** The empty sessions are requested only while their list is open. */
export async function drawEmptySessions(total) {
	if (!$('empty').open) return;
	const sessions = await get(`sessions?empty=true&limit=${MAX_ROWS}`);
	const items = sessions.map((session) =>
		el(
			'li',
			{},
			el('span', { class: 'soft' }, `${clock(session.created_at)} `),
			el('span', { class: 'mono' }, session.id),
			el('span', { class: 'mono soft' }, ` ${metadataText(session.draft_metadata)}`),
			session.status === 'created' ? undefined : ` ${session.status}`,
		),
	);
	if (total > sessions.length) items.push(el('li', {}, `… ${total - sessions.length} older ones`));
	redraw($('emptyList'), ...items);
}
