import type { Credentials, LoadedPackage } from '../../support/engine.mts';

/** How many requests the credential signs, and how many at once. */
export interface Signatures {
	count: number;
	parallel: number;
}

const body = JSON.stringify({ session_id: 'ps_131', details: 'x'.repeat(600) });

/** Has the credential sign requests, as n8n does for each call. */
export async function measureSigning(
	loader: LoadedPackage,
	{ bank131Api }: Credentials,
	{ count, parallel }: Signatures,
): Promise<{ ms: number }> {
	const { type } = loader.getCredential('bank131Api');
	const { authenticate } = type;
	if (typeof authenticate !== 'function') throw new Error('the credential does not sign');
	const url = `${String(bank131Api.customUrl)}/api/v2/session/create`;
	let left = count;
	const started = performance.now();
	const worker = async () => {
		while (left-- > 0) {
			await authenticate.call(type, bank131Api, { method: 'POST', url, body, headers: {} });
		}
	};
	await Promise.all(Array.from({ length: parallel }, worker));
	return { ms: performance.now() - started };
}
