import { $, clock, el, money, whole } from './dom.js';

export function drawTiles(state) {
	const { payouts, sessions, accounts } = state;
	const tiles = [
		['Money moved, RUB', money(state.moneyMoved), 'hero'],
		['Collateral balance, RUB', money(accounts.collateral.balance)],
		['Payouts', whole(payouts.total)],
		['Paid', whole(payouts.succeeded)],
		['Awaiting confirmation', whole(sessions.toConfirm), sessions.toConfirm > 0 ? 'wait' : ''],
		['Declined or unknown', whole(payouts.failed), payouts.failed > 0 ? 'bad' : ''],
		['Returned', whole(payouts.returned)],
	];
	$('tiles').replaceChildren(
		...tiles.map(([label, value, kind = '']) =>
			el('div', { class: `tile ${kind}` }, el('b', {}, value), el('span', {}, label)),
		),
	);
	$('alarm').hidden = state.paidTwice.length === 0;
	$('alarm').textContent = `Paid twice with one key: ${state.paidTwice.slice(0, 5).join(', ')}`;
	$('project').textContent = state.project;
	$('address').textContent = state.url;
	$('sessionCount').textContent = `${whole(sessions.total)} in total, newest first`;
	$('webhookCount').textContent = whole(state.webhooks);
	$('requestCount').textContent = whole(state.requests);
}

const svgEl = (name, attributes) => {
	const element = document.createElementNS('http://www.w3.org/2000/svg', name);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
	return element;
};

/** A step chart: each payout raises the line. `points` are seconds and minor units. */
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
	$('plotCaption').textContent = `RUB in total; the top of the plot is ${money(maxMoved)}`;
	$('plotFrom').textContent = clock(from * 1000);
	$('plotTo').textContent = clock(to * 1000);
}
