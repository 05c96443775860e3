import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Signer } from './signer';

/**
 * Name of a request option with the signal that ends the call. n8n's helper replaces `abortSignal` by the one of the
 * execution before it calls `authenticate`, which puts the signal of the call in its place.
 */
export const CALL_SIGNAL = Symbol.for('bank131.callSignal');

/** Name of a request option with what gives the signer of the credential, so that many calls check and read it once. */
export const CALL_SIGNER = Symbol.for('bank131.callSigner');

/** Request options of n8n's helper, with those that `authenticate` takes from the transport. */
export type SupervisedRequest = IHttpRequestOptions & {
	[CALL_SIGNAL]?: AbortSignal;
	[CALL_SIGNER]?: () => Signer;
};
