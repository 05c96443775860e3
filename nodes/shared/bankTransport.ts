import {
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import type { BankRequest, Transport, TransportResult } from '../../bank131/client/transport';
import { field, objectAt, textAt } from '../../bank131/lib/json';
import { redact } from '../../bank131/values/mask';

/** Name of the credential type. Its `authenticate` signs every request. */
export const CREDENTIAL = 'bank131Api';

/**
 * Errors before a connection was established: the request cannot have reached the bank. EHOSTUNREACH and ENETUNREACH
 * are not among them, because Linux also reports them for an open connection whose route failed after the request was
 * sent.
 */
const NOT_CONNECTED_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_INVALID_URL']);

/**
 * Implements the transport with n8n's HTTP helper. `baseUrl` precedes the path of each request; `timeoutMs` limits one
 * request. Redirects are not followed: a redirect would turn the POST into a GET with the signature of the old body.
 * The transport never throws. It returns
 * - `{ httpStatus, text, retryAfter? }` for every response, with its status and its body as text;
 * - `{ failure: 'notSent', message }` if the credential is invalid or no connection was established: the bank got
 *   nothing;
 * - `{ failure: 'lost', message }` for every other error: the bank may have got the request. Card numbers in the
 *   message are masked.
 */
export function n8nTransport(
	node: IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions,
	baseUrl: string,
	timeoutMs: number,
): Transport {
	return async (request) => {
		try {
			const options = httpOptions(request, baseUrl, timeoutMs);
			const response: unknown = await node.helpers.httpRequestWithAuthentication.call(
				node,
				CREDENTIAL,
				options,
			);
			return {
				httpStatus: Number(field(response, 'statusCode')),
				text: bodyText(field(response, 'body')),
				retryAfter: textAt(objectAt(response, 'headers'), 'retry-after'),
			};
		} catch (error) {
			return toFailure(error);
		}
	};
}

function httpOptions(request: BankRequest, baseUrl: string, timeout: number): IHttpRequestOptions {
	return {
		method: request.method,
		url: baseUrl + request.path,
		...(request.body && { body: request.body as IDataObject }),
		headers: {
			Accept: 'application/json',
			...(request.idempotencyKey !== undefined && {
				'X-PARTNER-IDEMPOTENCY-KEY': request.idempotencyKey,
			}),
		},
		encoding: 'text',
		returnFullResponse: true,
		// Otherwise n8n repeats the request after a 401, and throws for an error status without the bank's text.
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout,
	};
}

/** Older versions of the helper parse JSON despite `encoding: 'text'`. */
function bodyText(body: unknown): string {
	return typeof body === 'string' ? body : JSON.stringify(body ?? null);
}

function toFailure(error: unknown): TransportResult {
	const message = error instanceof Error ? error.message : String(error);
	// `authenticate` rejected a field of the credential: nothing was sent.
	const { cause } = error as { cause?: unknown };
	if (error instanceof UserError || cause instanceof UserError) {
		return { failure: 'notSent', message };
	}
	const codes = [
		error,
		objectAt(error, 'cause'),
		objectAt(objectAt(error, 'cause'), 'cause'),
		objectAt(error, 'errorResponse'),
	]
		.flatMap((level) => [textAt(level, 'code'), textAt(level, 'httpCode')])
		.filter((code): code is string => code !== undefined);
	const code = codes[0];
	const notConnectedCode = codes.find((one) => NOT_CONNECTED_CODES.has(one));
	if (notConnectedCode !== undefined) {
		return {
			failure: 'notSent',
			message: `The bank's server can't be reached (${notConnectedCode}). Check "Environment" in the credential and the network.`,
		};
	}
	return {
		failure: 'lost',
		message: redact(
			`No answer from the bank: ${message}${code === undefined || message.includes(code) ? '' : ` (${code})`}`,
		),
	};
}
