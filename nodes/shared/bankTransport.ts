import {
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { field, objectAt, textAt } from '../../bank131/lib/json';
import { redact } from '../../bank131/values/mask';
import type { BankRequest, Transport, WireAnswer } from '../../bank131/client/transport';

/** Name of the credential, whose `authenticate` signs every request. */
export const CREDENTIAL = 'bank131Api';

/**
 * Errors of a socket that never opened: the request can't have reached the bank. EHOSTUNREACH and ENETUNREACH are not among
 * them: Linux also reports them for an open connection whose route broke after the request had gone out.
 */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_INVALID_URL']);

/**
 * n8n's HTTP helper as the package's transport. The answer is taken as text with its status, whatever it is, and never
 * redirected: a redirect would turn the POST into a GET under the old signature.
 */
export function n8nTransport(
	node: IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions,
	baseUrl: string,
	timeoutMs: number,
): Transport {
	return async (request) => {
		try {
			const options = httpOptions(request, baseUrl, timeoutMs);
			const answer: unknown = await node.helpers.httpRequestWithAuthentication.call(
				node,
				CREDENTIAL,
				options,
			);
			return {
				httpStatus: Number(field(answer, 'statusCode')),
				text: bodyText(field(answer, 'body')),
				retryAfter: textAt(objectAt(answer, 'headers'), 'retry-after'),
			};
		} catch (error) {
			return failureOf(error);
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
		// Without it n8n turns a 401 into a second request and an error answer into an exception that drops the bank's text.
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout,
	};
}

/** Older versions of the helper parse JSON in spite of `encoding: 'text'`. */
function bodyText(body: unknown): string {
	return typeof body === 'string' ? body : JSON.stringify(body ?? null);
}

function failureOf(error: unknown): WireAnswer {
	// `authenticate` found a field of the credential that can't be used: nothing was sent.
	const { cause } = error as { cause?: unknown };
	if (error instanceof UserError || cause instanceof UserError)
		return { failure: 'notSent', message: error instanceof Error ? error.message : String(error) };
	const codes = [
		error,
		objectAt(error, 'cause'),
		objectAt(objectAt(error, 'cause'), 'cause'),
		objectAt(error, 'errorResponse'),
	]
		.flatMap((level) => [textAt(level, 'code'), textAt(level, 'httpCode')])
		.filter((code): code is string => code !== undefined);
	const message = error instanceof Error ? error.message : String(error);
	const code = codes[0];
	if (codes.some((c) => NEVER_CONNECTED.has(c))) {
		return {
			failure: 'notSent',
			message: `The bank's server can't be reached (${codes.find((c) => NEVER_CONNECTED.has(c))}). Check "Environment" in the credential and the network.`,
		};
	}
	return {
		failure: 'lost',
		message: redact(
			`No answer from the bank: ${message}${code === undefined || message.includes(code) ? '' : ` (${code})`}`,
		),
	};
}
