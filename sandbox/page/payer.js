'use strict';
const session = location.pathname.split('/').pop();
async function decide(isApproved) {
	const response = await fetch(`/sandbox/api/sessions/${encodeURIComponent(session)}/payer`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ paid: isApproved }),
	});
	const text = response.ok
		? isApproved
			? 'Approved.'
			: 'Declined.'
		: 'There is nothing to approve.';
	document.getElementById('text').textContent = text;
	for (const button of document.querySelectorAll('button')) button.remove();
}
document.getElementById('approve').addEventListener('click', () => void decide(true));
document.getElementById('decline').addEventListener('click', () => void decide(false));
