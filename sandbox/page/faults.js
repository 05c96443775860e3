import { send } from './api.js';
import { $, button, el } from './dom.js';

const faultKinds = {
	'Reset after processing': 'resetAfter',
	'Reset before processing': 'resetBefore',
	'502 page after processing': 'errorAfter',
	'502 page before processing': 'errorBefore',
	'No response, processed': 'timeoutAfter',
	'No response, not processed': 'timeoutBefore',
	'Half a response': 'halfBody',
	'Invalid response': 'garbage',
	'Slow response (2 s)': 'delay',
	'Webhook lost': 'webhookDrop',
	'Webhook twice': 'webhookDuplicate',
	'Webhook late': 'webhookDelay',
	'Webhooks out of order': 'webhookReorder',
};
const faultName = (kind) =>
	Object.keys(faultKinds).find((name) => faultKinds[name] === kind) ?? kind;

export function drawFaults(faults) {
	$('faults').replaceChildren(
		...faults.map((fault) => {
			const target =
				fault.match?.path ?? fault.match?.sessionId ?? fault.match?.idempotencyKey ?? 'any method';
			const left =
				fault.left === null
					? `1 in ${Math.round(1 / (fault.match?.probability || 1))}`
					: `${fault.left} left`;
			const text = `${faultName(fault.kind)} · ${target} · ${left} · ${fault.hits} hits`;
			return el(
				'li',
				{ class: fault.left === 0 ? 'spent' : '' },
				text,
				button('Remove', () => send('DELETE', `faults/${fault.id}`)),
			);
		}),
	);
}

$('faultKind').append(
	...Object.entries(faultKinds).map(([name, kind]) => el('option', { value: kind }, name)),
);
$('addFault').addEventListener('click', () => {
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
