import { randomBytes } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import {
	container,
	core,
	PlainCredentialsHelper,
	type Credentials,
	type LoadedPackage,
} from '../../support/engine.mts';

const key = {
	id: 'bench',
	value: container.get(core.Cipher).encryptDEKWithInstanceKey(randomBytes(32).toString('hex')),
	algorithm: 'aes-256-gcm',
	format: 'prefixed' as const,
};
container.get(core.EncryptionKeyProxy).setProvider({
	getActiveKey: async () => key,
	getKeyById: async () => key,
	getLegacyKey: async () => key,
});

/**
 * Keeps the credentials encrypted and decrypts one each time it is read, as n8n does. n8n then also reads it from its
 * database, which is missing here.
 */
export class EncryptedCredentialsHelper extends PlainCredentialsHelper {
	private constructor(
		loader: LoadedPackage,
		private readonly encrypted: ReadonlyMap<string, InstanceType<typeof core.Credentials>>,
	) {
		super(loader, {});
	}

	static async create(
		loader: LoadedPackage,
		credentials: Credentials,
	): Promise<EncryptedCredentialsHelper> {
		const encrypted = new Map<string, InstanceType<typeof core.Credentials>>();
		for (const [type, data] of Object.entries(credentials)) {
			const credential = new core.Credentials({ id: type, name: type }, type);
			await credential.setData(data);
			encrypted.set(type, credential);
		}
		return new EncryptedCredentialsHelper(loader, encrypted);
	}

	override async getDecrypted(
		_additionalData: unknown,
		_reference: unknown,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const credential = this.encrypted.get(type);
		if (!credential) throw new Error(`no credential of type ${type}`);
		return (await credential.getData()) as ICredentialDataDecryptedObject;
	}
}
