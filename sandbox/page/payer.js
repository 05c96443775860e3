'use strict';
const session = location.pathname.split('/').pop();
async function answer(paid) {
	const response = await fetch(`/sandbox/api/sessions/${encodeURIComponent(session)}/payer`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ paid }),
	});
	const text = response.ok ? (paid ? 'Approved.' : 'Declined.') : 'There is nothing to approve.';
	document.getElementById('text').textContent = text;
	for (const button of document.querySelectorAll('button')) button.remove();
}
document.getElementById('approve').addEventListener('click', () => void answer(true));
document.getElementById('decline').addEventListener('click', () => void answer(false));
