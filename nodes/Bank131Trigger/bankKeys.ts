import type { KeyObject } from 'crypto';
import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';

import { createTtlCache } from '../../bank131/lib/ttlCache';
import { loadPublicKeys } from '../../bank131/auth/keys';
import { CREDENTIAL } from '../shared/bankTransport';

/**
 * How long keys that were read serve the next webhooks of the same node. Each time a webhook asks for a credential n8n reads
 * its database and, in 2.41, makes an expression isolate, which is a third of all that the webhook costs. A key that is taken
 * out of the credential is believed for so long: as if the webhook had come that much earlier.
 */
const CACHE_TTL_MS = 5000;
const MAX_NODES = 100;

type Keys = { ok: true; keys: KeyObject[] } | { ok: false; reason: string };

const keysByNode = createTtlCache<Keys>({
	ttlMs: CACHE_TTL_MS,
	maxEntries: MAX_NODES,
	now: () => Date.now(),
});

/** The bank's public keys as the credential of this node has them, or why there are none. */
export async function bankKeys(node: IWebhookFunctions): Promise<Keys> {
	const { id, credentials } = node.getNode();
	const name = [node.getWorkflow().id, id, credentials?.[CREDENTIAL]?.id, node.getMode()];
	return await keysByNode(JSON.stringify(name), async () => await read(node));
}

async function read(node: IWebhookFunctions): Promise<Keys> {
	const credential = await credentialOf(node);
	if (!credential) return { ok: false, reason: 'the credential cannot be read' };
	const keys = loadPublicKeys(credential.bankPublicKey);
	if (keys.ok) return { ok: true, keys: keys.value };
	return { ok: false, reason: `${keys.problem.message}. ${keys.problem.remedy}` };
}

/** Absent when it was deleted, or locked by another encryption key. */
export async function credentialOf(
	node: IWebhookFunctions,
): Promise<ICredentialDataDecryptedObject | undefined> {
	try {
		return await node.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
	} catch (error) {
		node.logger.warn(`Bank 131: ${error instanceof Error ? error.message : String(error)}`);
		return undefined;
	}
}
