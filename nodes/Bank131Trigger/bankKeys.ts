import type { KeyObject } from 'crypto';
import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';

import { loadPublicKeys } from '../../bank131/auth/keys';
import { createTtlCache } from '../../bank131/lib/ttlCache';
import { CREDENTIAL } from '../shared/bankTransport';
import { errorMessage } from '../shared/messages/bankErrorTexts';
import { keyProblemTexts } from '../shared/messages/keyProblemTexts';
import { problemText } from '../shared/messages/problemText';

/**
 * How long the keys of a node are cached. For each request of a credential n8n reads its database and, in 2.41,
 * creates an expression isolate, which is a third of the cost of a webhook. A key that was removed from the
 * credential is accepted for at most this time. That is no worse than the same webhook arriving this much earlier.
 */
const CACHE_TTL_MS = 5000;
const MAX_NODES = 100;

/** The bank's public keys, or the reason why they cannot be used, in words for n8n's log. */
type BankKeys = { ok: true; keys: KeyObject[] } | { ok: false; reason: string };

const keysByNode = createTtlCache<BankKeys>({
	ttlMs: CACHE_TTL_MS,
	maxEntries: MAX_NODES,
	now: () => Date.now(),
});

/** The bank's public keys from the credential of this node, cached per node for `CACHE_TTL_MS`. */
export async function getBankKeys(node: IWebhookFunctions): Promise<BankKeys> {
	const { id, credentials } = node.getNode();
	const cacheKey = [node.getWorkflow().id, id, credentials?.[CREDENTIAL]?.id, node.getMode()];
	return await keysByNode(JSON.stringify(cacheKey), async () => await readBankKeys(node));
}

async function readBankKeys(node: IWebhookFunctions): Promise<BankKeys> {
	const credential = await tryGetCredential(node);
	if (!credential) return { ok: false, reason: 'the credential cannot be read' };
	const keys = loadPublicKeys(credential.bankPublicKey);
	if (keys.ok) return { ok: true, keys: keys.value };
	const { message, remedy } = problemText(keyProblemTexts, keys.problem);
	return { ok: false, reason: `${message}. ${remedy}` };
}

/**
 * The decrypted credential of the node; `undefined`, with a warning in the log, if it was deleted or is encrypted with
 * another key.
 */
export async function tryGetCredential(
	node: IWebhookFunctions,
): Promise<ICredentialDataDecryptedObject | undefined> {
	try {
		return await node.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
	} catch (error) {
		node.logger.warn(`Bank 131: ${errorMessage(error)}`);
		return undefined;
	}
}
