'use strict';
// Reads the sandbox's own API and draws it. Names come from outside: everything goes in as text.

const $ = (id) => document.getElementById(id);
const api = '/sandbox/api/';

async function get(path) {
	const response = await fetch(api + path);
	return response.json();
}

async function send(method, path, body) {
	const init = { method };
	if (body !== undefined) {
		init.headers = { 'content-type': 'application/json' };
		init.body = JSON.stringify(body);
	}
	const response = await fetch(api + path, init);
	const answer = await response.json();
	if (!response.ok) toast(answer.error?.description ?? 'The sandbox refused');
	void refresh();
	return answer;
}

let toastTimer;
function toast(text) {
	$('toast').textContent = text;
	$('toast').classList.add('on');
	clearTimeout(toastTimer);
	toastTimer = setTimeout(() => $('toast').classList.remove('on'), 3500);
}

/** An element with text and children; never HTML. */
function el(tag, attributes = {}, ...children) {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (name === 'onclick') made.addEventListener('click', value);
		else if (value !== undefined) made.setAttribute(name, value);
	}
	made.append(...children.filter((child) => child !== undefined).map((c) => c ?? ''));
	return made;
}

const groups = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2 });
const money = (minor) => groups.format(minor / 100).replaceAll(',', '\u202f');
const whole = (n) => new Intl.NumberFormat('en-US').format(n).replaceAll(',', '\u202f');
const clock = (iso) => new Date(iso).toLocaleTimeString('en-GB');

const tones = {
	accepted: 'good',
	succeeded: 'good',
	delivered: 'good',
	payout: 'good',
	cancelled: 'bad',
	failed: 'bad',
	error: 'bad',
	return: 'bad',
	dropped: 'bad',
	in_progress: 'busy',
	waiting: 'busy',
	payment: 'busy',
	pending: 'wait',
};
const words = { in_progress: 'in progress', noReceiver: 'no receiver' };
const chip = (text, tone) =>
	el('span', { class: `chip ${tone ?? tones[text] ?? ''}` }, words[text] ?? text);

const seen = new Map();
/** Rows that were not there before light up for a moment. */
function table(id, heads, rows, empty) {
	const known = seen.get(id);
	const keys = new Set(rows.map((row) => row.key));
	seen.set(id, keys);
	const body = rows.map(({ key, cells }) =>
		el('tr', { class: known && known.size > 0 && !known.has(key) ? 'fresh' : undefined }, ...cells),
	);
	if (rows.length === 0)
		body.push(el('tr', {}, el('td', { class: 'empty', colspan: heads.length }, empty)));
	const head = el(
		'thead',
		{},
		el('tr', {}, ...heads.map(([text, kind]) => el('th', { class: kind }, text))),
	);
	$(id).replaceChildren(head, el('tbody', {}, ...body));
}
const td = (content, kind) => el('td', { class: kind }, content ?? '');
const button = (text, act, kind = '') =>
	el('button', { class: `small ${kind}`, onclick: act }, text);

const methods = {
	card: 'card',
	'bank_account/ru': 'account',
	'bank_account/faster_payment_system': 'FPS',
	'wallet/yoomoney': 'YooMoney',
	'bank_account/faster_payment_system_verification': 'FPS check',
};
const methodName = (method) => methods[method] ?? method ?? '';

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

function drawSessions(sessions) {
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
							el('span', { class: 'mono' }, session.destination ?? ''),
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

function drawLedger({ entries }) {
	table(
		'ledger',
		[['Time'], ['What'], ['To'], ['Amount', 'num']],
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

function drawWebhooks(webhooks) {
	table(
		'webhooks',
		[['Time'], ['Type'], ['Session'], ['Delivery'], ['']],
		webhooks.map((webhook) => {
			const tries = webhook.attempts.length > 1 ? ` ×${webhook.attempts.length}` : '';
			const last = webhook.attempts.at(-1);
			const title = [webhook.fault, last?.error ?? last?.status].filter(Boolean).join(' · ');
			const again =
				webhook.body === ''
					? ''
					: button('↻', () => send('POST', `webhooks/${webhook.id}/resend`, {}));
			return {
				key: webhook.id,
				cells: [
					td(clock(webhook.at), 'soft'),
					el('td', { class: 'grow', title: webhook.type }, webhook.type.replaceAll('_', ' ')),
					td(webhook.sessionId.replace('ps_', ''), 'mono soft'),
					el('td', { title }, chip(webhook.state), tries),
					td(again, 'acts'),
				],
			};
		}),
		'No webhook yet.',
	);
}

/** A request that a fault took away before the bank looked at it is neither good nor bad. */
function signatureChip({ signatureOk, fault }) {
	if (signatureOk) return chip('valid', 'good');
	return fault?.endsWith('Before') ? chip('not read') : chip('wrong', 'bad');
}

function drawRequests(requests) {
	table(
		'requests',
		[['Time'], ['Method'], ['Signed'], ['Answer'], ['ms', 'num']],
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

function drawTiles(state) {
	const { payouts, sessions, accounts } = state;
	const tiles = [
		['Money moved, RUB', money(state.moneyMoved), 'hero'],
		['Collateral balance, RUB', money(accounts.collateral.balance)],
		['Payouts', whole(payouts.total)],
		['Paid', whole(payouts.succeeded)],
		['Wait for confirmation', whole(sessions.toConfirm), sessions.toConfirm > 0 ? 'wait' : ''],
		['Declined or unknown', whole(payouts.failed), payouts.failed > 0 ? 'bad' : ''],
		['Returned', whole(payouts.returned)],
	];
	$('tiles').replaceChildren(
		...tiles.map(([label, value, kind = '']) =>
			el('div', { class: `tile ${kind}` }, el('b', {}, value), el('span', {}, label)),
		),
	);
	$('alarm').hidden = state.paidTwice.length === 0;
	$('alarm').textContent = `Paid twice under one key: ${state.paidTwice.slice(0, 5).join(', ')}`;
	$('project').textContent = state.project;
	$('address').textContent = state.url;
	$('sessionCount').textContent = `${whole(sessions.total)} in all, newest first`;
	$('webhookCount').textContent = whole(state.webhooks);
	$('requestCount').textContent = whole(state.requests);
}

const svgEl = (name, attributes) => {
	const made = document.createElementNS('http://www.w3.org/2000/svg', name);
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
	return made;
};

/** Steps, because money moves at once: each payout lifts the line. */
function drawPlot(points) {
	const [width, height, top] = [800, 190, 12];
	const grid = [0.25, 0.5, 0.75, 1].map((part) => {
		const y = height - part * (height - top);
		return svgEl('line', { class: 'grid', x1: 0, x2: width, y1: y, y2: y });
	});
	if (points.length === 0) {
		$('plot').replaceChildren(...grid);
		$('plotCaption').textContent = 'nothing yet';
		$('plotFrom').textContent = $('plotTo').textContent = '';
		return;
	}
	const from = points[0].second - 1;
	const to = Math.max(points.at(-1).second, from + 10);
	const most = Math.max(...points.map(({ moved }) => moved), 1);
	const x = (second) => (((second - from) / (to - from)) * width).toFixed(1);
	const y = (moved) => (height - (Math.max(moved, 0) / most) * (height - top)).toFixed(1);
	let line = `M0 ${height}`;
	for (const { second, moved } of points) line += `H${x(second)}V${y(moved)}`;
	line += `H${width}`;
	$('plot').replaceChildren(
		...grid,
		svgEl('path', { class: 'area', d: `${line}V${height}H0Z` }),
		svgEl('path', { class: 'line', d: line }),
	);
	$('plotCaption').textContent = `RUB, in all; the top of the plot is ${money(most)}`;
	$('plotFrom').textContent = clock(from * 1000);
	$('plotTo').textContent = clock(to * 1000);
}

const faultKinds = {
	'Reset after booking': 'resetAfter',
	'Reset before booking': 'resetBefore',
	'502 page after booking': 'errorAfter',
	'502 page before booking': 'errorBefore',
	'Never answers, booked': 'timeoutAfter',
	'Never answers, not booked': 'timeoutBefore',
	'Half an answer': 'halfBody',
	'Garbage answer': 'garbage',
	'Slow answer (2 s)': 'delay',
	'Webhook lost': 'webhookDrop',
	'Webhook twice': 'webhookDuplicate',
	'Webhook late': 'webhookDelay',
	'Webhooks out of order': 'webhookReorder',
};
const faultName = (kind) =>
	Object.keys(faultKinds).find((name) => faultKinds[name] === kind) ?? kind;

function drawFaults(faults) {
	$('faults').replaceChildren(
		...faults.map((fault) => {
			const where =
				fault.match?.path ?? fault.match?.sessionId ?? fault.match?.idempotencyKey ?? 'any method';
			const left =
				fault.left === null
					? `1 in ${Math.round(1 / (fault.match?.probability || 1))}`
					: `${fault.left} left`;
			const text = `${faultName(fault.kind)} · ${where} · ${left} · ${fault.hits} hits`;
			return el(
				'li',
				{ class: fault.left === 0 ? 'spent' : '' },
				text,
				button('Remove', () => send('DELETE', `faults/${fault.id}`)),
			);
		}),
	);
}

function drawSettings(settings) {
	for (const input of $('settings').elements) {
		if (input === document.activeElement) continue;
		if (input.name === 'nextKey') input.checked = settings.webhookKey === 'next';
		else if (input.type === 'checkbox') input.checked = settings[input.name];
		else input.value = settings[input.name] ?? '';
	}
}

$('settings').addEventListener('submit', (event) => event.preventDefault());
$('settings').addEventListener('change', ({ target }) => {
	if (target.name === 'nextKey')
		return send('POST', 'settings', { webhookKey: target.checked ? 'next' : 'current' });
	const value =
		target.type === 'checkbox'
			? target.checked
			: target.type === 'number'
				? Number(target.value)
				: target.value || null;
	return send('POST', 'settings', { [target.name]: value });
});
$('faultKind').append(
	...Object.entries(faultKinds).map(([name, kind]) => el('option', { value: kind }, name)),
);
$('addFault').addEventListener('click', () => {
	const kind = $('faultKind').value;
	const often = Number($('faultTimes').value);
	const match = {};
	if ($('faultPath').value && !kind.startsWith('webhook')) match.path = $('faultPath').value;
	if (often < 1) match.probability = often;
	return send('POST', 'faults', {
		kind,
		match,
		...(often >= 1 && { times: often }),
		...(kind === 'delay' && { ms: 2000 }),
	});
});
$('reset').addEventListener('click', () => {
	if (confirm('Forget all sessions, the ledger, logs and faults?')) void send('POST', 'reset', {});
});

let drawing = false;
let again = false;
async function refresh() {
	if (drawing) {
		again = true;
		return;
	}
	drawing = true;
	try {
		const [state, sessions, ledger, webhooks, requests] = await Promise.all([
			get('state'),
			get('sessions?limit=60'),
			get('ledger?limit=60'),
			get('webhooks?limit=60'),
			get('requests?limit=60'),
		]);
		drawTiles(state);
		drawPlot(state.points);
		drawFaults(state.faults);
		drawSettings(state.settings);
		drawSessions(sessions);
		drawLedger(ledger);
		drawWebhooks(webhooks);
		drawRequests(requests);
	} catch (error) {
		console.error(error);
		live(false);
	}
	drawing = false;
	if (again) {
		again = false;
		setTimeout(refresh, 200);
	}
}

function live(on) {
	$('live').className = on ? 'live on' : 'live';
	$('live').textContent = on ? 'live' : 'the sandbox does not answer';
}
const events = new EventSource(`${api}events`);
events.onopen = () => live(true);
events.onerror = () => live(false);
events.onmessage = () => void refresh();
void refresh();
