// Elements of the page. Names come from outside: everything goes in as text.

export const $ = (id) => document.getElementById(id);

/** An element with text and children; never HTML. */
export function el(tag, attributes = {}, ...children) {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (name === 'onclick') made.addEventListener('click', value);
		else if (value !== undefined) made.setAttribute(name, value);
	}
	made.append(...children.filter((child) => child !== undefined).map((c) => c ?? ''));
	return made;
}

const groups = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2 });
export const money = (minor) => groups.format(minor / 100).replaceAll(',', '\u202f');
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
const words = { in_progress: 'in progress', noReceiver: 'no receiver' };
export const chip = (text, tone) =>
	el('span', { class: `chip ${tone ?? tones[text] ?? ''}` }, words[text] ?? text);

const seen = new Map();
/** Rows that were not there before light up for a moment. */
export function table(id, heads, rows, empty) {
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
export const td = (content, kind) => el('td', { class: kind }, content ?? '');
export const button = (text, act, kind = '') =>
	el('button', { class: `small ${kind}`, onclick: act }, text);

let toastTimer;
export function toast(text) {
	$('toast').textContent = text;
	$('toast').classList.add('on');
	clearTimeout(toastTimer);
	toastTimer = setTimeout(() => $('toast').classList.remove('on'), 3500);
}
