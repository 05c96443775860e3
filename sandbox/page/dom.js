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
export const counted = (n, one, many = `${one}s`) => `${whole(n)} ${n === 1 ? one : many}`;
export const clock = (iso) => new Date(iso).toLocaleTimeString('en-GB');

/** A label with a colour: `good`, `bad`, `busy`, `wait` or none. */
export const chip = (text, tone = '') => el('span', { class: `chip ${tone}` }, text);

/** A button in a row. `what` completes its name for screen readers, e.g. "Confirm ps_131001". */
export const button = (text, what, onClick, kind = '') =>
	el('button', { class: `small ${kind}`, 'aria-label': `${text} ${what}`, onclick: onClick }, text);

/** Replaces children of an element. A button that has the focus and is drawn again keeps it. */
export function redraw(element, ...children) {
	const name = element.contains(document.activeElement)
		? document.activeElement.getAttribute('aria-label')
		: null;
	element.replaceChildren(...children);
	if (name !== null) element.querySelector(`[aria-label="${CSS.escape(name)}"]`)?.focus();
}

const previousKeys = new Map();
/**
 * Draws a table. `columns` are `[heading, class]`; the cells of a row get the classes of their columns. Rows that are
 * new since the last call are highlighted. The roles stay when CSS shows the rows as cards.
 */
export function table(id, columns, rows, empty) {
	const previous = previousKeys.get(id);
	previousKeys.set(id, new Set(rows.map(({ key }) => key)));
	const body = rows.map(({ key, cells }) => {
		const isNew = previous !== undefined && previous.size > 0 && !previous.has(key);
		const tds = cells.map((content, index) => {
			const [, kind] = columns[index];
			return el('td', { role: 'cell', class: kind }, content ?? '');
		});
		return el('tr', { role: 'row', class: isNew ? 'fresh' : undefined }, ...tds);
	});
	if (rows.length === 0) {
		const cell = el('td', { role: 'cell', class: 'empty', colspan: columns.length }, empty);
		body.push(el('tr', { role: 'row' }, cell));
	}
	const heads = columns.map(([text, kind]) =>
		el('th', { role: 'columnheader', scope: 'col', class: kind }, text),
	);
	redraw(
		$(id),
		el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...heads)),
		el('tbody', { role: 'rowgroup' }, ...body),
	);
}

/** The heading of a column of buttons, which only screen readers get. */
export const actionsHeading = () => el('span', { class: 'forReaders' }, 'Actions');

let toastTimer;
export function toast(text) {
	$('toast').textContent = text;
	$('toast').classList.add('on');
	clearTimeout(toastTimer);
	toastTimer = setTimeout(() => $('toast').classList.remove('on'), 3500);
}
