import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { BankClient, type RetryPolicy } from '../../bank131/client/bankClient';
import type { Clock } from '../../bank131/client/clock';
import { baseUrl } from '../../bank131/client/hosts';
import type { Transport } from '../../bank131/client/transport';
import type { ApiVersion } from '../../bank131/protocol/endpoints';
import { n8nTransport } from './bankTransport';
import { realClock } from './clock';

/** The parts of the credential that choose the server and the API version. */
export interface BankConnection {
	url: string;
	apiVersion: ApiVersion;
}

/** The connection of a credential; the URL may have a problem. */
export function connectionOf(credentials: ICredentialDataDecryptedObject) {
	const url = baseUrl(credentials);
	if (!url.ok) return url;
	const apiVersion: ApiVersion = credentials.apiVersion === 'v1' ? 'v1' : 'v2';
	return { ok: true as const, value: { url: url.value, apiVersion } satisfies BankConnection };
}

/** How a client sends its requests. */
export interface BankClientOptions {
	/** For one response, ms. */
	timeoutMs: number;
	/** The real time without cancellation by default. */
	clock?: Clock;
	/** The client's default by default. */
	retry?: RetryPolicy;
	/** Wraps the transport, for example to limit its requests. */
	wrapTransport?: (transport: Transport) => Transport;
}

/** A client of the bank that sends its requests with n8n's HTTP helper and the credential of `node`. */
export function createBankClient(
	node: IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions,
	{ url, apiVersion }: BankConnection,
	{ timeoutMs, clock = realClock(undefined), retry, wrapTransport }: BankClientOptions,
): BankClient {
	const transport = n8nTransport(node, url, timeoutMs);
	return new BankClient(wrapTransport?.(transport) ?? transport, apiVersion, clock, retry);
}
