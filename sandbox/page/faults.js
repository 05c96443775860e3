import { send } from './api.js';
import { $, button, counted, el, redraw } from './dom.js';

const faultKinds = {
	'Connection lost, request processed': 'resetAfter',
	'Connection lost, request not processed': 'resetBefore',
	'Error page of a proxy (502), processed': 'errorAfter',
	'Error page of a proxy (502), not processed': 'errorBefore',
	'No answer, request processed': 'timeoutAfter',
	'No answer, request not processed': 'timeoutBefore',
	'Half an answer, request processed': 'halfBody',
	'Unreadable answer, request processed': 'garbage',
	'One byte a second, request processed': 'slowBody',
	'Answer after 2 seconds': 'delay',
	'Webhook lost': 'webhookDrop',
	'Webhook sent twice': 'webhookDuplicate',
	'Webhook sent late': 'webhookDelay',
	'Webhooks out of order': 'webhookReorder',
};
const faultName = (kind) =>
	Object.keys(faultKinds).find((name) => faultKinds[name] === kind) ?? kind;

function howOften({ left, hits, match }) {
	const done = `happened ${counted(hits, 'time')}`;
	if (left === null) return `1 in ${Math.round(1 / (match?.probability || 1))}, ${done}`;
	return left === 0 ? `${done}, done` : `${done}, ${left} to come`;
}

export function drawFaults(faults) {
	redraw(
		$('faults'),
		...faults.map((fault) => {
			const { path, sessionId, idempotencyKey, reference } = fault.match ?? {};
			const target = path ?? reference ?? sessionId ?? idempotencyKey ?? 'any method';
			const name = faultName(fault.kind);
			return el(
				'li',
				{ class: fault.left === 0 ? 'spent' : '' },
				el('span', {}, `${name} · ${target} · ${howOften(fault)}`),
				button('Remove', `fault ${fault.id}: ${name}`, () => send('DELETE', `faults/${fault.id}`)),
			);
		}),
	);
}

$('faultKind').append(
	...Object.entries(faultKinds).map(([name, kind]) => el('option', { value: kind }, name)),
);
$('faultForm').addEventListener('submit', (event) => {
	event.preventDefault();
	const kind = $('faultKind').value;
	const times = Number($('faultTimes').value);
	const match = {};
	if ($('faultPath').value && !kind.startsWith('webhook')) match.path = $('faultPath').value;
	if (times < 1) match.probability = times;
	return send('POST', 'faults', {
		kind,
		match,
		...(times >= 1 && { times }),
		...(kind === 'delay' && { ms: 2000 }),
	});
});
