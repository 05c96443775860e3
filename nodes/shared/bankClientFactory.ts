import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { BankClient, type RetryPolicy } from '../../bank131/client/bankClient';
import { chooseHost, type Host, type HostProblem } from '../../bank131/client/hosts';
import { ok, type Result } from '../../bank131/lib/result';
import type { ApiVersion } from '../../bank131/protocol/endpoints';
import { n8nTransport } from './bankTransport';
import { realClock } from './clock';

/** The server and the API version that the credential chooses, and the credential. */
export interface BankConnection extends Host {
	apiVersion: ApiVersion;
	credentials: ICredentialDataDecryptedObject;
}

/** The connection of a credential, or the problem with its Custom URL. */
export function connectionOf(
	credentials: ICredentialDataDecryptedObject,
): Result<BankConnection, HostProblem> {
	const host = chooseHost(credentials);
	if (!host.ok) return host;
	const apiVersion = credentials.apiVersion === 'v1' ? 'v1' : 'v2';
	return ok({ ...host.value, apiVersion, credentials });
}

/** How a client sends its requests. */
export interface BankClientOptions {
	/** Time limit of one request, ms. */
	timeoutMs: number;
	/** Default: the retry policy of `BankClient`. */
	retry?: RetryPolicy;
}

/**
 * A client of the bank that sends its requests with n8n's HTTP helper and the credential of `node`, outside the items
 * of a run: their client (runItems) shares limits and ends with the run.
 */
export function createBankClient(
	node: IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions,
	{ url: baseUrl, apiVersion, credentials }: BankConnection,
	{ timeoutMs, retry }: BankClientOptions,
): BankClient {
	const transport = n8nTransport(node, { baseUrl, credentials, timeoutMs });
	return new BankClient(transport, apiVersion, realClock(undefined), retry);
}
