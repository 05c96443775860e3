import { get, send } from './api.js';
import { $, el } from './dom.js';

export function drawSettings(settings) {
	for (const input of $('settings').elements) {
		if (input === document.activeElement) continue;
		if (input.name === 'nextKey') input.checked = settings.webhookKey === 'next';
		else if (input.type === 'checkbox') input.checked = settings[input.name];
		else input.value = settings[input.name] ?? '';
	}
	showProfile(settings.profile);
}

/** Several profiles can be set together by the control API; the list has each alone. */
function showProfile(names) {
	const meanings = names
		.split('+')
		.map((name) => profiles.find((one) => one.name === name)?.meaning);
	$('profileMeaning').textContent = `The bank ${meanings.join(', and ')}.`;
	if (profiles.some(({ name }) => name === names) || $('profile').value === names) return;
	$('profile').append(el('option', { value: names }, names));
	$('profile').value = names;
}

$('settings').addEventListener('submit', (event) => event.preventDefault());
$('settings').addEventListener('change', ({ target }) => {
	if (target.name === 'nextKey')
		return send('POST', 'settings', { webhookKey: target.checked ? 'next' : 'current' });
	if (target.name === 'profile') return send('POST', 'profile', { name: target.value });
	const value =
		target.type === 'checkbox'
			? target.checked
			: target.type === 'number'
				? Number(target.value)
				: target.value || null;
	return send('POST', 'settings', { [target.name]: value });
});

$('reset').addEventListener('click', () => {
	if (confirm('Delete all sessions, the ledger, logs and faults?')) void send('POST', 'reset', {});
});

const profiles = await get('profiles');
$('profile').append(
	...profiles.map(({ name, meaning }) => el('option', { value: name, title: meaning }, name)),
);
