import { $, clock, counted, el, money, whole } from './dom.js';
import { STATES } from './states.js';

const tile = (label, value, kind, ...details) =>
	el('div', { class: `tile ${kind}` }, el('span', {}, label), el('b', {}, value), ...details);

const detail = (text) => el('small', {}, text);

/** Payouts less returns of a currency, and payments less refunds if there are any. */
function moneyTiles(currency, sums) {
	const name = currency.toUpperCase();
	const tiles = [];
	if (sums.payout > 0 || currency === 'rub') {
		const parts = `${money(sums.payout)} paid out − ${money(sums.return)} returned`;
		tiles.push(
			tile(`Money moved, ${name}`, money(sums.payout - sums.return), 'hero', detail(parts)),
		);
	}
	if (sums.payment > 0) {
		const parts = `${money(sums.payment)} paid − ${money(sums.refund)} refunded`;
		tiles.push(
			tile(`Taken from payers, ${name}`, money(sums.payment - sums.refund), '', detail(parts)),
		);
	}
	return tiles;
}

/** The number of payouts and its parts. A state without payouts is shown if most lists have it. */
function payoutsTile(payouts) {
	const usual = new Set([
		'paid',
		'returned',
		'awaitingConfirmation',
		'inProgress',
		'declined',
		'unknown',
	]);
	const shown = Object.entries(STATES).filter(([state]) => payouts[state] > 0 || usual.has(state));
	const parts = shown.map(([state, [label, tone]]) =>
		el(
			'div',
			{ class: payouts[state] > 0 ? tone : 'none' },
			el('dt', {}, label),
			el('dd', { 'data-state': state }, whole(payouts[state])),
		),
	);
	return tile('Payouts, each counted once', whole(payouts.total), 'states', el('dl', {}, ...parts));
}

const NO_MONEY = { payout: 0, return: 0, payment: 0, refund: 0 };

export function drawTiles(state) {
	const { collateral } = state.accounts;
	const sums = { rub: NO_MONEY, ...state.ledgerSums };
	$('tiles').replaceChildren(
		...Object.entries(sums).flatMap(([currency, ofCurrency]) => moneyTiles(currency, ofCurrency)),
		tile(
			'Collateral account, RUB',
			money(collateral.balance),
			'',
			detail(`${money(collateral.reserved)} of it reserved`),
		),
		payoutsTile(state.payouts),
	);
	$('alarm').hidden = state.paidTwice.length === 0;
	$('alarm').textContent = `Paid twice with one key: ${state.paidTwice.slice(0, 5).join(', ')}`;
	$('project').textContent = state.project;
	$('address').textContent = state.url;
	$('webhookCount').textContent = newestOf(state.webhooks);
	$('requestCount').textContent = newestOf(state.requests);
	$('ledgerCount').textContent =
		`money that moved: ${counted(state.ledgerEntries, 'entry', 'entries')}`;
}

/** How many rows a list draws. */
export const MAX_ROWS = 60;

const newestOf = (total) =>
	total > MAX_ROWS ? `the newest ${MAX_ROWS} of ${whole(total)}` : whole(total);

export function drawSessionCounts({ total, empty }) {
	$('sessionCount').textContent = `${newestOf(total - empty)} with a payout or payment`;
	$('empty').hidden = empty === 0;
	$('emptyCount').textContent =
		`${counted(empty, 'empty session')}: created, but nothing was started in ${empty === 1 ? 'it' : 'them'}`;
}

const svgEl = (name, attributes) => {
	const element = document.createElementNS('http://www.w3.org/2000/svg', name);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
	return element;
};

/** A step chart: each payout raises the line, each return lowers it. `points` are seconds and minor units. */
export function drawPlot(points) {
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
	const maxMoved = Math.max(...points.map(({ moved }) => moved), 1);
	const x = (second) => (((second - from) / (to - from)) * width).toFixed(1);
	const y = (moved) => (height - (Math.max(moved, 0) / maxMoved) * (height - top)).toFixed(1);
	let line = `M0 ${height}`;
	for (const { second, moved } of points) line += `H${x(second)}V${y(moved)}`;
	line += `H${width}`;
	$('plot').replaceChildren(
		...grid,
		svgEl('path', { class: 'area', d: `${line}V${height}H0Z` }),
		svgEl('path', { class: 'line', d: line }),
	);
	$('plotCaption').textContent = `RUB, payouts less returns; the top line is ${money(maxMoved)}`;
	$('plotFrom').textContent = clock(from * 1000);
	$('plotTo').textContent = clock(to * 1000);
}
