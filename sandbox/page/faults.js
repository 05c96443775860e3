import { send } from './api.js';
import { $, button, el } from './dom.js';

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

export function drawFaults(faults) {
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
