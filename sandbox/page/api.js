import { toast } from './dom.js';

/** Sent to the document when the bank may look different now. */
export const CHANGED = 'bankchanged';

export const api = '/sandbox/api/';

export async function get(path) {
	const response = await fetch(api + path);
	return response.json();
}

export async function send(method, path, body) {
	const init = { method };
	if (body !== undefined) {
		init.headers = { 'content-type': 'application/json' };
		init.body = JSON.stringify(body);
	}
	const response = await fetch(api + path, init);
	const answer = await response.json();
	if (!response.ok) toast(answer.error?.description ?? 'The sandbox refused');
	document.dispatchEvent(new Event(CHANGED));
	return answer;
}
