import { toast } from './dom.js';

/** Event of the document: the state of the sandbox may have changed. */
export const CHANGED = 'bankchanged';

export const CONTROL_API = '/sandbox/api/';

/** GET of the control API; returns the parsed JSON. */
export async function get(path) {
	const response = await fetch(CONTROL_API + path);
	return response.json();
}

/** Request to the control API; shows an error as a toast and returns the parsed JSON. */
export async function send(method, path, body) {
	const init = { method };
	if (body !== undefined) {
		init.headers = { 'content-type': 'application/json' };
		init.body = JSON.stringify(body);
	}
	const response = await fetch(CONTROL_API + path, init);
	const result = await response.json();
	if (!response.ok) toast(result.error?.description ?? 'The sandbox rejected the request');
	document.dispatchEvent(new Event(CHANGED));
	return result;
}
