import { createPrivateKey, sign } from 'node:crypto';
import { request } from 'node:http';

import type { SandboxProcess } from './sandboxProcess.mts';

const CALLS_EACH = 40;

/**
 * Measures the latency of the sandbox for plain clients, ms: `parallel` clients at once, each sending signed requests
 * one after another over node:http. Timers fire late and all clients share the sandbox, so this value, not the
 * configured latency, is the lower limit on this machine.
 */
export async function measureLatency(sandbox: SandboxProcess, parallel: number): Promise<number> {
	const send = createBareClient(sandbox);
	const started = performance.now();
	await Promise.all(
		Array.from({ length: parallel }, async () => {
			for (let call = 0; call < CALLS_EACH; call++) await send();
		}),
	);
	return (performance.now() - started) / CALLS_EACH;
}

function createBareClient(sandbox: SandboxProcess): () => Promise<void> {
	const { customUrl, project, privateKey } = sandbox.credentials.bank131Api;
	const body = '{}';
	const key = createPrivateKey(String(privateKey));
	const headers = {
		'content-type': 'application/json',
		'content-length': body.length,
		'x-partner-project': String(project),
		'x-partner-sign': sign('RSA-SHA256', Buffer.from(body), key).toString('base64'),
	};
	const options = { method: 'POST', agent: false, headers } as const;
	return () =>
		new Promise<void>((resolve, reject) => {
			const clientRequest = request(`${customUrl}/api/v2/session/create`, options, (response) =>
				response.resume().once('end', resolve),
			);
			clientRequest.once('error', reject).end(body);
		});
}
