// Elements of the page. Names come from requests, so all content is inserted as text.

export const $ = (id) => document.getElementById(id);

/** An element with text and children; never HTML. */
export function el(tag, attributes = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (name === 'onclick') element.addEventListener('click', value);
		else if (value !== undefined) element.setAttribute(name, value);
	}
	element.append(...children.filter((child) => child !== undefined).map((c) => c ?? ''));
	return element;
}

const moneyFormat = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2 });
/** Minor units as text, e.g. 1 500.04. */
export const money = (minor) => moneyFormat.format(minor / 100).replaceAll(',', '\u202f');
export const whole = (n) => new Intl.NumberFormat('en-US').format(n).replaceAll(',', '\u202f');
export const clock = (iso) => new Date(iso).toLocaleTimeString('en-GB');

export const tones = {
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
const statusLabels = { in_progress: 'in progress', noReceiver: 'no receiver' };
export const chip = (text, tone) =>
	el('span', { class: `chip ${tone ?? tones[text] ?? ''}` }, statusLabels[text] ?? text);

const previousKeys = new Map();
/** Draws a table; rows that are new since the last call are highlighted. */
export function table(id, heads, rows, empty) {
	const previous = previousKeys.get(id);
	const keys = new Set(rows.map((row) => row.key));
	previousKeys.set(id, keys);
	const body = rows.map(({ key, cells }) =>
		el(
			'tr',
			{ class: previous && previous.size > 0 && !previous.has(key) ? 'fresh' : undefined },
			...cells,
		),
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
export const td = (content, kind) => el('td', { class: kind }, content ?? '');
export const button = (text, onClick, kind = '') =>
	el('button', { class: `small ${kind}`, onclick: onClick }, text);

let toastTimer;
export function toast(text) {
	$('toast').textContent = text;
	$('toast').classList.add('on');
	clearTimeout(toastTimer);
	toastTimer = setTimeout(() => $('toast').classList.remove('on'), 3500);
}
