/** A server in the place of the bank, and a credential for it. */
import { createPublicKey, verify } from 'node:crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { makeKeyFiles } from './keys.mts';
import { RawServer, type ReceivedRequest } from './rawServer.mts';

/**
 * Registers the hooks that start the server, forget its requests before each test and stop it. `server` and
 * `credential` can be read in hooks and tests only. `files` are those of the partner's key.
 */
export function useCredentialServer() {
	const server = new RawServer();
	const files = makeKeyFiles();
	const bankPublicKey = makeKeyFiles().spki;
	const publicKey = createPublicKey(files.spki);
	beforeAll(async () => {
		await server.start();
	});
	afterAll(async () => await server.stop());
	beforeEach(() => {
		server.requests.length = 0;
		server.answer = () => ({ body: '{"status":"ok"}' });
	});
	return {
		server,
		files,
		get credential(): ICredentialDataDecryptedObject {
			return {
				environment: 'custom',
				customUrl: server.url,
				project: 'test_project',
				privateKey: files.pkcs8,
				passphrase: '',
				bankPublicKey,
				submerchant: '',
				apiVersion: 'v2',
			};
		},
		/** Whether the signature of a request fits its exact bytes. */
		isSigned: ({ headers, body }: ReceivedRequest): boolean =>
			verify(
				'RSA-SHA256',
				body,
				publicKey,
				Buffer.from(String(headers['x-partner-sign']), 'base64'),
			),
	};
}
