import {
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import type { BankRequest, Transport, TransportResult } from '../../bank131/client/transport';
import { objectAt, textAt } from '../../bank131/lib/json';
import { redact } from '../../bank131/values/mask';
import { CALL_SIGNAL, limitCall, type CallLimit, type LimitedRequest } from './callLimit';

/** Name of the credential type. Its `authenticate` signs every request. */
export const CREDENTIAL = 'bank131Api';

/**
 * Errors before a connection was established: the request cannot have reached the bank. EHOSTUNREACH and ENETUNREACH
 * are not among them, because Linux also reports them for an open connection whose route failed after the request was
 * sent.
 */
const NOT_CONNECTED_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_INVALID_URL']);

/** Well above any real answer: about 50,000 transactions of a statement. */
const MAX_ANSWER_MB = 32;

export type AnswerStream = NodeJS.ReadableStream & { destroy(error: Error): void };

/** What n8n's helper returns for `httpOptions`. */
interface StreamedResponse {
	statusCode: number;
	headers: object;
	body: AnswerStream;
}

class AnswerTooLong extends Error {
	constructor() {
		super(`The bank's answer is longer than ${MAX_ANSWER_MB} MB`);
	}
}

/**
 * Implements the transport with n8n's HTTP helper. `baseUrl` precedes the path of each request; `timeoutMs` limits one
 * call until the last byte of its answer. Redirects are not followed: a redirect would turn the POST into a GET with
 * the signature of the old body. The transport never throws. It returns
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
		const cancel = 'getExecutionCancelSignal' in node ? node.getExecutionCancelSignal() : undefined;
		const limit = limitCall(timeoutMs, cancel);
		try {
			const options = httpOptions(request, baseUrl, timeoutMs, limit);
			const { helpers } = node;
			const response = (await helpers.httpRequestWithAuthentication.call(
				node,
				CREDENTIAL,
				options,
			)) as StreamedResponse;
			return {
				httpStatus: response.statusCode,
				text: await readText(response.body),
				retryAfter: textAt(objectAt(response, 'headers'), 'retry-after'),
			};
		} catch (error) {
			limit.abort();
			return limit.isOverdue() ? overdue(timeoutMs) : toFailure(error);
		} finally {
			limit.release();
		}
	};
}

function httpOptions(
	request: BankRequest,
	baseUrl: string,
	timeout: number,
	{ signal }: CallLimit,
): LimitedRequest {
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
		// The helper takes no limit for the size of an answer, and reads a text to its end.
		encoding: 'stream',
		returnFullResponse: true,
		// Otherwise n8n repeats the request after a 401, and throws for an error status without the bank's text.
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		// Alone it limits only the time between two bytes.
		timeout,
		[CALL_SIGNAL]: signal,
	};
}

const utf8 = new TextDecoder();

/**
 * The whole body as text, without a byte order mark.
 * @throws AnswerTooLong, and what the stream throws when the connection ends
 */
export async function readText(body: AnswerStream): Promise<string> {
	return await new Promise((resolve, reject) => {
		const chunks: Uint8Array[] = [];
		let size = 0;
		let isComplete = false;
		body.on('data', (chunk: Uint8Array) => {
			size += chunk.length;
			if (size > MAX_ANSWER_MB * 1024 * 1024) body.destroy(new AnswerTooLong());
			else chunks.push(chunk);
		});
		body.once('end', () => {
			isComplete = true;
			resolve(utf8.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
		});
		body.on('error', reject);
		// A connection that ends early may say no more than this. An error costs a stack trace.
		body.once('close', () => {
			if (!isComplete) reject(new Error('The connection was closed'));
		});
	});
}

const overdue = (timeoutMs: number): TransportResult => ({
	failure: 'lost',
	message: `No complete answer from the bank within ${timeoutMs / 1000} s`,
});

function toFailure(error: unknown): TransportResult {
	const message = error instanceof Error ? error.message : String(error);
	// `authenticate` rejected a field of the credential: nothing was sent.
	const { cause } = error as { cause?: unknown };
	if (error instanceof UserError || cause instanceof UserError) {
		return { failure: 'notSent', message };
	}
	if (error instanceof AnswerTooLong) return { failure: 'lost', message };
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
