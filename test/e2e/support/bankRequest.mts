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

/**
 * Starts a transfer from the settlement account at the bank, not through n8n. The bank shows what it will transfer, and
 * with the profiles `otherAmountToConfirm` and `otherAccountToConfirm` something else than was asked for.
 * @returns the session ID
 */
export async function startTransfer(
	sandbox: Sandbox,
	metadata: object,
	kopecks: number,
): Promise<string> {
	const account = { bik: '044525971', account: '40817810100000270411' };
	const ru = { ...account, full_name: 'Ivanov Ivan', description: 'Выплата' };
	const { session } = (await postToBank(sandbox, 'session/init/payout/rko', {
		payout_details: { type: 'bank_account', bank_account: { system_type: 'ru', ru } },
		participant_details: { recipient: { full_name: 'Ivanov Ivan' } },
		amount_details: { amount: kopecks, currency: 'rub' },
		metadata,
	})) as { session: { id: string } };
	return session.id;
}
