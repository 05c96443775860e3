import { createPrivateKey, sign } from 'node:crypto';
import { request } from 'node:http';

import type { BankProcess } from './sandboxProcess.mts';

const CALLS_EACH = 40;

/**
 * The bank's latency in ms as clients see it that do nothing else: `parallel` of them at once, each sending one signed
 * request after the other over node:http. Timers are late and the bank works for all of them, so this, not the number that
 * the bank was told, is what nobody on this machine can beat.
 */
export async function seenLatency(bank: BankProcess, parallel: number): Promise<number> {
	const send = bareClient(bank);
	const started = performance.now();
	await Promise.all(
		Array.from({ length: parallel }, async () => {
			for (let call = 0; call < CALLS_EACH; call++) await send();
		}),
	);
	return (performance.now() - started) / CALLS_EACH;
}

function bareClient(bank: BankProcess): () => Promise<void> {
	const { customUrl, project, privateKey } = bank.credentials.bank131Api;
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
		new Promise<void>((done, fail) => {
			const sent = request(`${customUrl}/api/v2/session/create`, options, (answer) =>
				answer.resume().once('end', done),
			);
			sent.once('error', fail).end(body);
		});
}
