import { type Sandbox, signText } from '../../../sandbox/sandbox.mts';

/** A request to the bank that did not come through n8n: what some other program of the company did. */
export async function askBank(sandbox: Sandbox, method: string, body: object): Promise<unknown> {
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
