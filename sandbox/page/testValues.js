import { get } from './api.js';
import { $, el } from './dom.js';

/** The scripted values by the field in which they are entered. They do not change while the sandbox runs. */
export async function drawTestValues() {
	const groups = new Map();
	for (const { kind, value, result } of await get('scenarios')) {
		if (!groups.has(kind)) groups.set(kind, []);
		groups.get(kind).push(el('dt', { class: 'mono' }, value), el('dd', {}, result));
	}
	$('testValues').replaceChildren(
		...[...groups].map(([kind, values]) =>
			el('div', {}, el('h3', {}, kind), el('dl', {}, ...values)),
		),
	);
}
