import { type Sandbox, signText } from '../../../sandbox/sandbox.mts';

/**
 * Sends a signed API v2 request to the sandbox directly, not through n8n.
 * @param method path after `/api/v2/`, e.g. `session/init/payout`
 * @returns the parsed response body
 * @throws if the HTTP status is not 2xx
 */
export async function postToBank(sandbox: Sandbox, method: string, body: object): Promise<unknown> {
	const text = JSON.stringify(body);
	const response = await fetch(`${sandbox.url}/api/v2/${method}`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			'x-partner-project': sandbox.project,
			'x-partner-sign': signText(text, sandbox.partnerPrivateKey),
		},
		body: text,
	});
	if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`);
	return await response.json();
}
