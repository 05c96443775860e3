import { createPrivateKey, sign } from 'node:crypto';
import { request } from 'node:http';

import type { BankProcess } from './bankProcess.mts';

const CALLS = 40;

/**
 * The bank's latency as a client sees it that does nothing else: one signed request after the other over node:http, median
 * in ms. Timers are late by a millisecond or two, so this, not the number the bank was told, is what nobody can beat.
 */
export async function seenLatency(bank: BankProcess): Promise<number> {
	const { customUrl, project, privateKey } = bank.credentials.bank131Api;
	const body = '{}';
	const headers = {
		'content-type': 'application/json',
		'content-length': body.length,
		'x-partner-project': String(project),
		'x-partner-sign': sign(
			'RSA-SHA256',
			Buffer.from(body),
			createPrivateKey(String(privateKey)),
		).toString('base64'),
	};
	const times: number[] = [];
	for (let call = 0; call < CALLS; call++) {
		const started = performance.now();
		await new Promise<void>((done, fail) => {
			const options = { method: 'POST', agent: false, headers } as const;
			const sent = request(`${customUrl}/api/v2/session/create`, options, (answer) =>
				answer.resume().once('end', done),
			);
			sent.once('error', fail).end(body);
		});
		times.push(performance.now() - started);
	}
	return times.sort((a, b) => a - b)[CALLS / 2];
}
