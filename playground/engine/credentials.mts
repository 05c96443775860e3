/** Credentials without n8n's database and encryption. */
import { createHash } from 'node:crypto';

import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { wf } from './n8n.mts';
import type { LoadedPackage } from './package.mts';

/** Decrypted data by credential type. */
export type Credentials = Record<string, ICredentialDataDecryptedObject>;

/**
 * The references that a node stores. As in n8n's database, credentials with different data have different ids. A test
 * that changes the data of one credential gives its `id`.
 */
export const referencesTo = (credentials: Credentials, id?: string) =>
	Object.fromEntries(
		Object.entries(credentials).map(([name, data]) => [name, { id: id ?? hashOf(data), name }]),
	);

const hashOf = (data: object) => createHash('sha256').update(JSON.stringify(data)).digest('hex');

/** Does what n8n's own credentials helper does. */
export class PlainCredentialsHelper extends wf.ICredentialsHelper {
	constructor(
		private readonly loader: LoadedPackage,
		private readonly data: Credentials,
	) {
		super();
	}

	getParentTypes() {
		return [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.loader.getCredential(typeName).type;
		if (typeof authenticate !== 'function')
			throw new Error(`${typeName} has no authenticate function`);
		// n8n's CLI calls it with the credential object as `this`.
		return await authenticate.call(
			this.loader.getCredential(typeName).type,
			credentials,
			requestOptions,
		);
	}

	async preAuthentication() {
		return undefined;
	}

	async runPreAuthentication() {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('not available outside a server');
	}

	async getDecrypted(_additionalData: unknown, _ref: unknown, type: string) {
		if (!(type in this.data)) throw new Error(`no credential of type ${type}`);
		return { ...this.data[type] };
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData() {}

	getCredentialsProperties(type: string) {
		return this.loader.getCredential(type).type.properties;
	}
}
